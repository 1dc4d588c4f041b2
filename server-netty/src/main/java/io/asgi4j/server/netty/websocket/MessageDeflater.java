package io.asgi4j.server.netty.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses messages (RFC 7692 section 7.2.1). The native memory exists from the first compressed message to
 * {@link #close}, or, without context takeover, during a message.
 *
 * <p>Owned by the connection's event loop.
 */
final class MessageDeflater implements AutoCloseable {
    /** Smaller messages go uncompressed: they would shrink by less than compressing them costs. */
    static final int SMALLEST_MESSAGE = 1024;

    /** The end of each flushed block, which the receiver adds again (RFC 7692 section 7.2.1). */
    private static final int TAIL_LENGTH = 4;

    /** The smallest room worth a call to the compressor. */
    private static final int SMALLEST_ROOM = 64;

    private final int level;
    private final boolean contextTakeover;
    private @Nullable Deflater deflater;

    MessageDeflater(int level, boolean contextTakeover) {
        this.level = level;
        this.contextTakeover = contextTakeover;
    }

    /** Appends the compressed message to {@code target}. */
    void deflate(ByteBuffer message, ByteBuf target) {
        var deflater = deflater();
        deflater.setInput(message);
        int room;
        int deflated;
        do {
            target.ensureWritable(SMALLEST_ROOM);
            room = target.writableBytes();
            deflated = deflater.deflate(target.nioBuffer(target.writerIndex(), room), Deflater.SYNC_FLUSH);
            target.writerIndex(target.writerIndex() + deflated);
        } while (deflated == room);
        target.writerIndex(target.writerIndex() - TAIL_LENGTH);
        if (!contextTakeover) {
            close();
        }
    }

    private Deflater deflater() {
        var present = deflater;
        if (present == null) {
            present = new Deflater(level, true);
            deflater = present;
        }
        return present;
    }

    @Override
    public void close() {
        var present = deflater;
        deflater = null;
        if (present != null) {
            present.end();
        }
    }
}
