package io.asgi4j.benchmarks.server;

import io.vertx.core.ThreadingModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Vert.x with blocking code on virtual threads. */
public final class VertxVirtualPeer extends VertxApplication {
    private static final Buffer CHUNK = Buffer.buffer(Answers.chunk());

    private VertxVirtualPeer(Arguments arguments) {
        super(arguments);
    }

    public static void main(String[] arguments) {
        var parsed = Arguments.of(arguments);
        serve(parsed, ThreadingModel.VIRTUAL_THREAD, () -> new VertxVirtualPeer(parsed));
    }

    @Override
    void stream(HttpServerResponse response) {
        for (var i = 1; i < Answers.CHUNKS; i++) {
            var written = response.write(CHUNK);
            if (response.writeQueueFull()) {
                written.await();
            }
        }
        response.end(CHUNK);
    }

    @Override
    void block(HttpServerResponse response) {
        try {
            Thread.sleep(Answers.BLOCK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hello(response);
    }
}
