package io.asgi4j.benchmarks.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A text message that clients send again and again, framed and masked beforehand.
 *
 * <p>Compressed, it refers to nothing that was sent before, as any message may, so that one frame fits all connections.
 */
public final class Message {
    /** What ends a flushed block, and is left out (RFC 7692, section 7.2.1). */
    private static final int TAIL_LENGTH = 4;

    private static final int SPARE = 64;

    private final ByteBuf payload;
    private final ByteBuf frame;

    private Message(byte[] payload, ByteBuf frame) {
        this.payload = Unpooled.wrappedBuffer(payload);
        this.frame = frame;
    }

    public static Message of(String text, boolean compressed) {
        var payload = text.getBytes(StandardCharsets.UTF_8);
        var frame = compressed
                ? Frames.masked(Frames.FIN | Frames.RSV1 | Frames.TEXT, deflate(payload))
                : Frames.masked(Frames.FIN | Frames.TEXT, payload);
        return new Message(payload, frame);
    }

    /** Whether these are the bytes of this message. */
    public boolean is(ByteBuf other, int index, int length) {
        return length == payload.readableBytes() && ByteBufUtil.equals(payload, 0, other, index, length);
    }

    /** The bytes to be sent; the buffer passes to the caller. */
    ByteBuf frame() {
        return frame.retainedDuplicate();
    }

    private static byte[] deflate(byte[] payload) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(payload);
            var deflated = new byte[payload.length + SPARE];
            var length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(deflated, length - TAIL_LENGTH);
        } finally {
            deflater.end();
        }
    }
}
