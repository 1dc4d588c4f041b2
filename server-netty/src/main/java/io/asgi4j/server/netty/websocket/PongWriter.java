package io.asgi4j.server.netty.websocket;

import org.jspecify.annotations.Nullable;

/**
 * Answers pings: each of a few, and of more than that, or while the peer takes nothing, the last one (RFC 6455 section
 * 5.5.3), so that a flood of pings piles nothing up.
 *
 * <p>Owned by the connection's event loop.
 */
final class PongWriter {
    /** Pings of one round of reading that are answered at once. */
    private static final int MAX_PER_ROUND = 16;

    private final BytePipe pipe;
    private final FrameWriter writer;
    private int writtenThisRound;
    private byte @Nullable [] pending;

    PongWriter(BytePipe pipe, FrameWriter writer) {
        this.pipe = pipe;
        this.writer = writer;
    }

    void pinged(byte[] payload) {
        pending = payload;
        if (writtenThisRound < MAX_PER_ROUND) {
            writtenThisRound++;
            writePending();
        }
    }

    void endRound() {
        writtenThisRound = 0;
        writePending();
    }

    /** Writes the pong that is due, if there is one and the peer takes it. */
    void writePending() {
        if (pending != null && pipe.isWritable()) {
            writer.control(Opcode.PONG, pending);
            pending = null;
        }
    }

    void clear() {
        pending = null;
    }
}
