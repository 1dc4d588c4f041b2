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

    /** A write is done when it was flushed; what is written before that would leave with it. */
    private static void stream(HttpServerResponse response, int chunks) {
        if (chunks == 1) {
            response.end(CHUNK);
        } else {
            response.write(CHUNK).onSuccess(flushed -> stream(response, chunks - 1));
        }
    }

    @Override
    void block(HttpServerResponse response) {
        vertx.setTimer(Answers.BLOCK.toMillis(), passed -> hello(response));
    }
}
