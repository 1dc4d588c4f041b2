package io.asgi4j.samples.middleware;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Middleware;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers for an application that fails before it began to answer; the failure goes on to the server, which logs it. */
record ErrorPage(String html) implements Middleware {
    @Override
    public Application wrap(Application inner) {
        return (scope, receive, send) -> {
            var started = new AtomicBoolean();
            try {
                inner.handle(scope, receive, event -> {
                    send.send(event);
                    started.set(true);
                });
            } catch (RuntimeException | IOException failure) {
                if (scope instanceof HttpScope http
                        && !started.get()
                        && !http.connection().disconnected().isSet()) {
                    send.send(new HttpResponseStart(500, Headers.of("content-type", "text/html; charset=utf-8")));
                    send.send(HttpResponseBody.last(html));
                }
                throw failure;
            }
        };
    }
}
