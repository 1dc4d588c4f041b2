package io.asgi4j.server.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes unfragmented, unmasked frames to the pipe (RFC 6455 section 5.2).
 *
 * <p>Owned by the connection's event loop.
 */
final class FrameWriter implements AutoCloseable {
    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int MAX_HEADER = 10;
    private static final int LARGEST_IN_SEVEN_BITS = 125;
    private static final int LARGEST_IN_TWO_OCTETS = 0xFFFF;

    /** Payloads up to this size are copied behind their header: one buffer costs less than two writes. */
    private static final int LARGEST_COPY = 8 * 1024;

    private final BytePipe pipe;
    private final @Nullable MessageDeflater deflater;
    /** Whether something was written since the last flush. */
    private boolean dirty;

    FrameWriter(BytePipe pipe, @Nullable MessageDeflater deflater) {
        this.pipe = pipe;
        this.deflater = deflater;
    }

    void text(String message) {
        message(Opcode.TEXT, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }

    void binary(ByteBuffer message) {
        message(Opcode.BINARY, message.duplicate());
    }

    void control(int opcode, byte[] payload) {
        plain(opcode, ByteBuffer.wrap(payload));
    }

    /** Writes a Close frame; a code of {@link CloseCode#NO_CODE} makes it an empty one. */
    void close(int code, String reason) {
        if (code == CloseCode.NO_CODE) {
            control(Opcode.CLOSE, new byte[0]);
            return;
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        var payload = ByteBuffer.allocate(Short.BYTES + text.length);
        control(Opcode.CLOSE, payload.putShort((short) code).put(text).array());
    }

    /** Flushes what was written since the last flush, if anything. */
    void flush() {
        if (dirty) {
            dirty = false;
            pipe.flush();
        }
    }

    private void message(int opcode, ByteBuffer message) {
        if (deflater != null && message.remaining() >= MessageDeflater.SMALLEST_MESSAGE) {
            deflated(opcode, message, deflater);
        } else {
            plain(opcode, message);
        }
    }

    private void plain(int opcode, ByteBuffer payload) {
        int length = payload.remaining();
        int copied = length <= LARGEST_COPY ? length : 0;
        var frame = pipe.alloc().buffer(headerLength(length) + copied);
        header(frame, FIN | opcode, length);
        if (copied == length) {
            write(frame.writeBytes(payload));
        } else {
            write(frame);
            write(Unpooled.wrappedBuffer(payload));
        }
    }

    private void deflated(int opcode, ByteBuffer message, MessageDeflater deflater) {
        var frame = pipe.alloc().buffer(MAX_HEADER + message.remaining() / 2);
        try {
            // the header's length is known last, so it is put against the payload's beginning from the left
            frame.writerIndex(MAX_HEADER);
            deflater.deflate(message, frame);
            int end = frame.writerIndex();
            int length = end - MAX_HEADER;
            int start = MAX_HEADER - headerLength(length);
            header(frame.setIndex(start, start), FIN | RSV1 | opcode, length);
            frame.writerIndex(end);
        } catch (RuntimeException | Error e) {
            frame.release();
            throw e;
        }
        write(frame);
    }

    private void write(ByteBuf bytes) {
        dirty = true;
        pipe.write(bytes);
    }

    private static int headerLength(int length) {
        if (length <= LARGEST_IN_SEVEN_BITS) {
            return 2;
        }
        return length <= LARGEST_IN_TWO_OCTETS ? 4 : MAX_HEADER;
    }

    private static void header(ByteBuf frame, int flagsAndOpcode, int length) {
        frame.writeByte(flagsAndOpcode);
        if (length <= LARGEST_IN_SEVEN_BITS) {
            frame.writeByte(length);
        } else if (length <= LARGEST_IN_TWO_OCTETS) {
            frame.writeByte(LARGEST_IN_SEVEN_BITS + 1).writeShort(length);
        } else {
            frame.writeByte(LARGEST_IN_SEVEN_BITS + 2).writeLong(length);
        }
    }

    @Override
    public void close() {
        if (deflater != null) {
            deflater.close();
        }
    }
}
