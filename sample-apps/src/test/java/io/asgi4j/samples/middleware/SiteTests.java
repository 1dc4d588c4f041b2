package io.asgi4j.samples.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.samples.RunningSample;
import io.asgi4j.samples.chat.ChatRoom;
import io.asgi4j.samples.files.FileStore;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTests {
    private static final Application TELLS_WHERE_IT_IS = http((scope, send) -> {
        send.send(new HttpResponseStart(200));
        send.send(HttpResponseBody.last("'%s' of '%s'".formatted(scope.path(), scope.rootPath())));
    });

    @Test
    void timingTellsTheClientHowLongItTook() throws Exception {
        try (var sample = new RunningSample(new Timing().wrap(TELLS_WHERE_IT_IS))) {
            var timing = sample.get("/").headers().firstValue("server-timing").orElseThrow();

            assertTrue(timing.matches("app;dur=\\d+\\.\\d{3}"), timing);
        }
    }

    @Test
    void aFailureBecomesAPage() throws Exception {
        var failing = http((scope, send) -> {
            throw new IllegalStateException("on purpose");
        });
        try (var sample = new RunningSample(new ErrorPage("<h1>Sorry</h1>").wrap(failing))) {
            var response = sample.get("/");

            assertEquals(500, response.statusCode());
            assertEquals("<h1>Sorry</h1>", response.body());
        }
    }

    @Test
    void aFailureInTheMiddleOfAResponseIsNotPaperedOver() throws Exception {
        var failing = http((scope, send) -> {
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.more("the first half"));
            throw new IllegalStateException("on purpose");
        });
        try (var sample = new RunningSample(new ErrorPage("<h1>Sorry</h1>").wrap(failing))) {
            assertThrows(IOException.class, () -> sample.get("/"));
        }
    }

    @Test
    void aMountedApplicationKnowsItsRootPath() throws Exception {
        try (var sample = new RunningSample(mounted("/api", TELLS_WHERE_IT_IS))) {
            assertEquals("'/api/users' of '/api'", sample.get("/api/users").body());
            assertEquals("'/api' of '/api'", sample.get("/api").body());
        }
    }

    @Test
    void mountsNest() throws Exception {
        try (var sample = new RunningSample(mounted("/api", mounted("/v1", TELLS_WHERE_IT_IS)))) {
            assertEquals(
                    "'/api/v1/users' of '/api/v1'", sample.get("/api/v1/users").body());
        }
    }

    @Test
    void whatOnlyBeginsLikeThePrefixIsNotMounted() throws Exception {
        try (var sample = new RunningSample(mounted("/api", TELLS_WHERE_IT_IS))) {
            assertEquals("'/apiary' of ''", sample.get("/apiary").body());
        }
    }

    @Test
    void aWebSocketIsMountedToo() throws Exception {
        try (var sample = new RunningSample(mounted("/chat", new ChatRoom()))) {
            var socket = sample.webSocket("/chat");
            socket.say("hello");

            assertEquals("hello", socket.hear());
        }
    }

    @Test
    void theFileStoreWorksUnderAnyRoot(@TempDir Path directory) throws Exception {
        try (var sample = new RunningSample(mounted("/files", new FileStore(directory, 100)))) {
            var put = sample.request("/files/note")
                    .PUT(BodyPublishers.ofString("text"))
                    .build();
            assertEquals(201, sample.send(put, BodyHandlers.discarding()).statusCode());

            assertEquals("text", sample.get("/files/note").body());
            assertEquals(404, sample.get("/files").statusCode());
        }
    }

    private static Application mounted(String prefix, Application application) {
        return new Mount(prefix, application).wrap(TELLS_WHERE_IT_IS);
    }

    @FunctionalInterface
    private interface HttpHandler {
        void handle(HttpScope scope, Send send) throws Exception;
    }

    private static Application http(HttpHandler handler) {
        return (scope, receive, send) -> {
            if (!(scope instanceof HttpScope http)) {
                throw new UnsupportedScopeException(scope);
            }
            handler.handle(http, send);
        };
    }
}
