package io.asgi4j.benchmarks.server;

import io.vertx.core.ThreadingModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Vert.x on its event loops. */
public final class VertxPeer extends VertxApplication {
    private static final Buffer CHUNK = Buffer.buffer(Answers.chunk());

    private VertxPeer(Arguments arguments) {
        super(arguments);
    }

    public static void main(String[] arguments) {
        var parsed = Arguments.of(arguments);
        serve(parsed, ThreadingModel.EVENT_LOOP, () -> new VertxPeer(parsed));
    }

    @Override
    void stream(HttpServerResponse response) {
        stream(response, Answers.CHUNKS);
    }

    private static void stream(HttpServerResponse response, int chunks) {
        var left = chunks;
        while (left > 1 && !response.writeQueueFull()) {
            response.write(CHUNK);
            left--;
        }
        if (left > 1) {
            var later = left;
            response.drainHandler(drained -> stream(response, later));
        } else {
            response.end(CHUNK);
        }
    }

    @Override
    void block(HttpServerResponse response) {
        vertx.setTimer(Answers.BLOCK.toMillis(), passed -> hello(response));
    }
}
