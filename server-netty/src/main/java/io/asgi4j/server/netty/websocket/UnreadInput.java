package io.asgi4j.server.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * What was read from the pipe and not processed yet, as one buffer: while nobody pauses, that is what has just arrived.
 *
 * <p>Owned by the connection's event loop.
 */
final class UnreadInput {
    private final ByteBufAllocator alloc;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    UnreadInput(ByteBufAllocator alloc) {
        this.alloc = alloc;
    }

    boolean isEmpty() {
        return !bytes.isReadable();
    }

    /** The octets to go on with. */
    ByteBuf bytes() {
        return bytes;
    }

    /** Takes over a buffer that follows the present octets. */
    void add(ByteBuf more) {
        if (isEmpty()) {
            clear();
            bytes = more;
            return;
        }
        var both = alloc.buffer(bytes.readableBytes() + more.readableBytes())
                .writeBytes(bytes)
                .writeBytes(more);
        more.release();
        clear();
        bytes = both;
    }

    /** Releases what is left. */
    void clear() {
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
    }
}
