package io.asgi4j.samples.events;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The time as server-sent events, which never end by themselves.
 *
 * <p>The stream watches the two signals of its connection instead of calling {@code receive}: it stops working for a
 * client who went away, and when the server drains it says goodbye with a complete response, so that the server need
 * not cut it and the browser comes back to the next one.
 */
public final class Clock implements Application {
    private final Duration period;

    public Clock() {
        this(Duration.ofSeconds(1));
    }

    Clock(Duration period) {
        this.period = period;
    }

    @Override
    public void handle(Scope scope, Receive receive, Send send) throws IOException, InterruptedException {
        if (!(scope instanceof HttpScope http)) {
            throw new UnsupportedScopeException(scope);
        }
        if (http.method().equals("GET")) {
            stream(http.connection(), send);
        } else {
            send.send(new HttpResponseStart(405, Headers.of("allow", "GET", "content-length", "0")));
            send.send(HttpResponseBody.end());
        }
    }

    private void stream(Connection connection, Send send) throws IOException, InterruptedException {
        var ended = new CountDownLatch(1);
        connection.disconnected().onSet(ended::countDown);
        connection.draining().onSet(ended::countDown);
        send.send(new HttpResponseStart(
                200, Headers.of("content-type", "text/event-stream", "cache-control", "no-store")));
        do {
            send.send(HttpResponseBody.more("data: %s\n\n".formatted(Instant.now())));
        } while (!ended.await(period.toMillis(), TimeUnit.MILLISECONDS));
        if (!connection.disconnected().isSet()) {
            send.send(HttpResponseBody.last("event: bye\nretry: 1000\ndata: the server restarts\n\n"));
        }
    }
}
