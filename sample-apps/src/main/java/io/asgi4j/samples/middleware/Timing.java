package io.asgi4j.samples.middleware;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Middleware;
import java.util.Locale;

/** Tells the client, in a {@code server-timing} header, how long the application thought before it answered. */
record Timing() implements Middleware {
    @Override
    public Application wrap(Application inner) {
        return (scope, receive, send) -> {
            if (!(scope instanceof HttpScope)) {
                inner.handle(scope, receive, send);
                return;
            }
            var begin = System.nanoTime();
            inner.handle(scope, receive, event -> {
                if (event instanceof HttpResponseStart start) {
                    var value = String.format(Locale.ROOT, "app;dur=%.3f", (System.nanoTime() - begin) / 1e6);
                    var headers = start.headers().with("server-timing", value);
                    send.send(new HttpResponseStart(start.status(), headers, start.trailers()));
                } else {
                    send.send(event);
                }
            });
        };
    }
}
