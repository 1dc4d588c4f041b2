package io.asgi4j.tck.cli;

import io.asgi4j.server.netty.NettyServer;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks as much of Docker's protocol as an engine needs to say that it has no image and gets none. Any thread may call any method. */
final class EngineWithoutImages implements AutoCloseable {
    static final String REASON = "lookup registry.example: no such host";

    private final AtomicInteger pulls = new AtomicInteger();
    private final NettyServer server;

    EngineWithoutImages() throws Exception {
        server = NettyServer.builder(this::handle).port(0).start();
    }

    String address() {
        return "tcp://127.0.0.1:" + server.port();
    }

    /** How often it was asked to get an image. */
    int pulls() {
        return pulls.get();
    }

    private void handle(Scope scope, Receive receive, Send send) throws IOException, InterruptedException {
        if (!(scope instanceof HttpScope http)) {
            throw new UnsupportedScopeException(scope);
        }
        var path = http.path();
        if (path.endsWith("/_ping")) {
            answer(send, 200, "OK");
        } else if (path.endsWith("/info")) {
            answer(send, 200, "{\"ServerVersion\": \"1\", \"OperatingSystem\": \"none\", \"MemTotal\": 1}");
        } else if (path.endsWith("/version")) {
            answer(send, 200, "{\"ApiVersion\": \"1.41\", \"Version\": \"1\"}");
        } else if (path.endsWith("/images/create")) {
            pulls.incrementAndGet();
            answer(send, 500, "{\"message\": \"" + REASON + "\"}");
        } else {
            answer(send, 404, "{\"message\": \"no such thing: " + path + "\"}");
        }
    }

    private static void answer(Send send, int status, String json) throws IOException, InterruptedException {
        send.send(new HttpResponseStart(status, Headers.of("content-type", "application/json")));
        send.send(HttpResponseBody.last(json));
    }

    @Override
    public void close() {
        server.close();
    }
}
