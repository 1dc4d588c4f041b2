package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MiddlewareTests {
    private final List<String> calls = new ArrayList<>();
    private final List<OutboundEvent> sent = new ArrayList<>();

    private Middleware traced(String name) {
        return inner -> (scope, receive, send) -> {
            calls.add(name);
            inner.handle(scope, receive, send);
            calls.add("/" + name);
        };
    }

    private void call(Application application, Scope scope) throws Exception {
        application.handle(scope, HttpRequest::end, sent::add);
    }

    @Test
    void theFirstIsTheOutermost() throws Exception {
        var application = traced("a")
                .andThen(traced("b"))
                .andThen(traced("c"))
                .wrap((scope, receive, send) -> calls.add("application"));
        call(application, HttpScope.builder().build());
        assertEquals(List.of("a", "b", "c", "application", "/c", "/b", "/a"), calls);
    }

    @Test
    void groupingMakesNoDifference() throws Exception {
        var application = traced("a")
                .andThen(traced("b").andThen(traced("c")))
                .wrap((scope, receive, send) -> calls.add("application"));
        call(application, HttpScope.builder().build());
        assertEquals(List.of("a", "b", "c", "application", "/c", "/b", "/a"), calls);
    }

    @Test
    void whatIsThrownPassesThrough() {
        var failure = new IllegalStateException("failure");
        var application = traced("a").wrap((scope, receive, send) -> {
            throw failure;
        });
        var scope = HttpScope.builder().build();
        assertSame(failure, assertThrows(IllegalStateException.class, () -> call(application, scope)));
    }

    /** The example of {@link Middleware}'s documentation. */
    @Test
    void theDocumentedExampleRuns() throws Exception {
        Application api = (scope, receive, send) -> {
            if (scope instanceof HttpScope http) {
                send.send(new HttpResponseStart(200, Headers.of("x-root-path", http.rootPath())));
                send.send(HttpResponseBody.last(http.path()));
            }
        };
        Middleware timing = inner -> (scope, receive, send) -> {
            var begin = System.nanoTime();
            inner.handle(scope, receive, event -> {
                if (event instanceof HttpResponseStart(int status, Headers headers, boolean trailers)) {
                    var millis = (System.nanoTime() - begin) / 1_000_000;
                    send.send(new HttpResponseStart(
                            status, headers.with("server-timing", "app;dur=" + millis), trailers));
                } else {
                    send.send(event);
                }
            });
        };
        Middleware mount = inner -> (scope, receive, send) -> {
            if (scope instanceof HttpScope http && http.path().startsWith("/api/")) {
                inner.handle(http.toBuilder().rootPath("/api").build(), receive, send);
            } else {
                throw new UnsupportedScopeException(scope);
            }
        };
        var application = timing.andThen(mount).wrap(api);

        call(application, HttpScope.builder().path("/api/users").build());
        var start = (HttpResponseStart) sent.get(0);
        assertEquals("/api", start.headers().first("x-root-path"));
        assertTrue(start.headers().contains("server-timing"));
        assertEquals(HttpResponseBody.last("/api/users"), sent.get(1));

        var elsewhere = HttpScope.builder().path("/elsewhere").build();
        assertThrows(UnsupportedScopeException.class, () -> call(application, elsewhere));
    }
}
