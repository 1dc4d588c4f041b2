package io.asgi4j.benchmarks.server;

import io.vertx.core.ThreadingModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

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

    /** Awaits a future, which gives the next request its turn; {@code Thread.sleep} would hold up all of a verticle. */
    @Override
    void block(HttpServerResponse response) {
        vertx.timer(Answers.BLOCK.toMillis(), TimeUnit.MILLISECONDS).await();
        hello(response);
    }
}
