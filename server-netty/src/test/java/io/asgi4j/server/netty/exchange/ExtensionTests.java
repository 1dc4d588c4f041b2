package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.OnEveryTransport;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.extension.HttpResponseEarlyHint;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import io.asgi4j.spec.extension.HttpResponseZeroCopySend;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Early hints, trailers and files. */
@OnEveryTransport
class ExtensionTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String OLD = "GET / HTTP/1.0\r\n\r\n";
    private static final int LARGE = 50_000_000;
    private static final int LONGER_THAN_A_HEAD = 1000;
    private static final String CONTENT = "0123456789".repeat(20_000);

    @TempDir
    private Path directory;

    private Path path;

    ExtensionTests(Setup setup) {
        super(setup);
    }

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(directory.resolve("file"), CONTENT);
    }

    @Test
    void earlyHintsAreInterimResponses() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseEarlyHint(List.of("</a.css>; rel=preload", "</b.js>; rel=preload")));
            send.send(new HttpResponseEarlyHint(List.of("</c>")));
            Answers.text(send, "page");
        }));
        var hints = client.send(GET).read();
        assertEquals("HTTP/1.1 103 Early Hints", hints.line());
        assertEquals(
                List.of("</a.css>; rel=preload", "</b.js>; rel=preload"),
                hints.head().all("link"));
        assertEquals("</c>", client.read().field("link"));
        assertEquals("page", client.read().body());
        assertEquals("page", client.send(OLD).read().body());
    }

    private void assertTrailers(String request, Headers start, Headers expected) throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200, start, true));
            send.send(HttpResponseBody.last("body"));
            send.send(new HttpResponseTrailers(Headers.of("x-sum", "1", "content-length", "9"), true));
            send.send(
                    new HttpResponseTrailers(Headers.of("x-sum", "2", "host", "h", "trailer", "t", "connection", "c")));
        }));
        var reply = client.send(request).read();
        assertEquals("body", reply.body());
        assertTrue(reply.complete());
        assertEquals(expected, reply.trailers());
    }

    @Test
    void trailersFollowTheBodyIfTheClientTakesThem() throws Exception {
        assertTrailers(
                "GET / HTTP/1.1\r\nHost: a\r\nTE: gzip, Trailers;q=1\r\n\r\n",
                Headers.of("trailer", "x-sum"),
                Headers.of("x-sum", "1", "x-sum", "2"));
    }

    @Test
    void trailersAreDroppedIfTheClientDoesNotTakeThem() throws Exception {
        assertTrailers(GET, Headers.empty(), Headers.empty());
    }

    @Test
    void trailersAreDroppedWhereTheFramingHasNoRoom() throws Exception {
        assertTrailers(
                "GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n",
                Headers.of("content-length", "4"),
                Headers.empty());
        assertTrailers("GET / HTTP/1.0\r\nTE: trailers\r\n\r\n", Headers.empty(), Headers.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, OLD})
    void aFileIsTheWholeBody(String request) throws Exception {
        var reply = exchange(request, (scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            send.send(new HttpResponsePathSend(path));
            assertThrows(IllegalEventException.class, () -> send.send(new HttpResponsePathSend(path)));
        });
        assertEquals(CONTENT, reply.body());
        assertTrue(reply.complete());
    }

    @Test
    void aFileWithItsLengthKeepsTheConnection() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.of("content-length", "" + CONTENT.length())));
            send.send(new HttpResponsePathSend(path));
        }));
        assertEquals(CONTENT, client.send(GET).read().body());
        assertEquals("" + CONTENT.length(), client.send(HEAD).readHead().field("content-length"));
        assertEquals(CONTENT, client.send(GET).read().body());
    }

    @Test
    void anEmptyFileIsAnEmptyBody() throws Exception {
        Files.writeString(path, "");
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            send.send(new HttpResponsePathSend(path));
        }));
        assertEquals("", client.send(GET).read().body());
        assertEquals("", client.send(GET).read().body());
    }

    @Test
    void aFileThatCannotBeReadIsAnExceptionAndNoMore() throws Exception {
        var reply = exchange(GET, (scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            for (var missing : List.of(directory.resolve("missing"), directory)) {
                var failure = assertThrows(IOException.class, () -> send.send(new HttpResponsePathSend(missing)));
                assertFalse(failure instanceof ClientDisconnectedException);
            }
            send.send(HttpResponseBody.last("instead"));
        });
        assertEquals("instead", reply.body());
    }

    @Test
    void aFileThatIsLongerThanDeclaredIsRefused() throws Exception {
        var reply = exchange(GET, (scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.of("content-length", "7")));
            assertThrows(IllegalEventException.class, () -> send.send(new HttpResponsePathSend(path)));
            send.send(HttpResponseBody.last("instead"));
        });
        assertEquals("instead", reply.body());
    }

    @Test
    void aFileThatIsShorterThanDeclaredIsVisiblyTruncated() throws Exception {
        var reply = exchange(GET, (scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.of("content-length", "" + (CONTENT.length() + 1))));
            send.send(new HttpResponsePathSend(path));
        });
        assertEquals(CONTENT, reply.body());
        assertFalse(reply.complete());
    }

    @Test
    void rangesOfAnOpenFileMixWithOtherParts() throws Exception {
        var server = serve((scope, receive, send) -> {
            try (var file = FileChannel.open(path)) {
                send.send(new HttpResponseStart(200));
                send.send(HttpResponseBody.more("<"));
                send.send(new HttpResponseZeroCopySend(file, 5L, 3L, true));
                assertEquals(0, file.position());
                file.position(1);
                send.send(new HttpResponseZeroCopySend(file, null, 2L, true));
                assertEquals(3, file.position());
                send.send(new HttpResponseZeroCopySend(file, null, 2L, true));
                assertEquals(5, file.position());
                send.send(new HttpResponseZeroCopySend(file, 0L, 0L, true));
                send.send(HttpResponseBody.more(">"));
                send.send(new HttpResponseZeroCopySend(file, (long) CONTENT.length() - 2, null, false));
                assertTrue(file.isOpen());
            }
        });
        var client = connect(server);
        assertEquals("<5671234>89", client.send(GET).read().body());
        assertEquals(200, client.send(HEAD).readHead().status());
        assertEquals("<5671234>89", client.send(GET).read().body());
    }

    @Test
    void aRangeThatTheFileDoesNotHaveIsAnExceptionAndNoMore() throws Exception {
        var reply = exchange(GET, (scope, receive, send) -> {
            try (var file = FileChannel.open(path)) {
                send.send(new HttpResponseStart(200));
                var event = new HttpResponseZeroCopySend(file, 10L, (long) CONTENT.length(), true);
                var failure = assertThrows(IOException.class, () -> send.send(event));
                assertFalse(failure instanceof ClientDisconnectedException);
                assertEquals(0, file.position());
                send.send(HttpResponseBody.last("instead"));
            }
        });
        assertEquals("instead", reply.body());
    }

    @Test
    void aClientThatGoesWhileItsFileIsSentEndsTheSend() throws Exception {
        Files.write(path, new byte[LARGE]);
        var server = serve((scope, receive, send) -> {
            try (var file = FileChannel.open(path)) {
                send.send(new HttpResponseStart(200));
                send.send(new HttpResponseZeroCopySend(file));
            }
        });
        var client = connectWithSmallWindow(server).send(GET);
        client.readByte();
        client.reset();
        assertInstanceOf(ClientDisconnectedException.class, server.nextEnd().orElseThrow());
    }

    @Test
    void anInterruptGivesAFileBackThatIsBeingSent() throws Exception {
        assertTrue(interruptedWhileAFileIsSent(GET).skip(LARGE) < LARGE);
    }

    @Test
    void anInterruptedFileLooksIncompleteWithoutFraming() throws Exception {
        var client = interruptedWhileAFileIsSent(OLD);
        client.skip(LARGE);
        client.assertReset();
    }

    /** A client that has read the head and a part of the file. */
    private WireClient interruptedWhileAFileIsSent(String request) throws Exception {
        Files.write(path, new byte[LARGE]);
        var sender = new CompletableFuture<Thread>();
        var server = serve((scope, receive, send) -> {
            try (var file = FileChannel.open(path)) {
                send.send(new HttpResponseStart(200));
                sender.complete(Thread.currentThread());
                assertThrows(InterruptedException.class, () -> send.send(new HttpResponseZeroCopySend(file)));
                assertTrue(file.isOpen());
            }
            assertThrows(ClientDisconnectedException.class, () -> send.send(HttpResponseBody.end()));
        });
        var client = connectWithSmallWindow(server).send(request);
        assertEquals(LONGER_THAN_A_HEAD, client.skip(LONGER_THAN_A_HEAD));
        sender.join().interrupt();
        server.assertReturns();
        return client;
    }

    @Test
    void aThreadThatWasInterruptedBeforeKeepsItsFileOpen() throws Exception {
        var reply = exchange(GET, (scope, receive, send) -> {
            try (var file = FileChannel.open(path)) {
                send.send(new HttpResponseStart(200));
                Thread.currentThread().interrupt();
                assertThrows(InterruptedException.class, () -> send.send(new HttpResponseZeroCopySend(file)));
                assertTrue(file.isOpen());
                send.send(HttpResponseBody.last("instead"));
            }
        });
        assertEquals("instead", reply.body());
    }
}
