package io.asgi4j.samples.minimal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a client's frames out of the wire (RFC 6455 section 5), without ever waiting, and encodes those of the server.
 * Fragments are put together on the way.
 *
 * <p>Thread ownership: guarded by the lock of the wire.
 *
 * <p>Keeps: {@code websocket.messages.whole}, {@code websocket.messages.size-limited},
 * {@code websocket.messages.text-validated}, {@code websocket.messages.protocol-validated},
 * {@code websocket.messages.never-partial}.
 */
final class Frames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int MASK_BYTES = 4;
    private static final int CONTROL_BYTES = 125;

    /** A whole message, or a control frame. */
    record Frame(int opcode, ByteBuffer payload) {}

    /** A breach of the rules: the code with which the server closes, as a value that is thrown. */
    static final class Breach extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;
        private final String reason;

        Breach(int code, String reason) {
            super(reason, null, false, false);
            this.code = code;
            this.reason = reason;
        }

        String reason() {
            return reason;
        }

        int code() {
            return code;
        }
    }

    private final Wire wire;
    private final int limit;

    /** The message of which fragments are there, its opcode being that of the first one; 0 if there is none. */
    private int message;

    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();

    /** The frame whose payload is being taken, or -1. */
    private int opcode = -1;

    private boolean last;
    private final byte[] mask = new byte[MASK_BYTES];
    private long remaining;
    private int position;
    private final ByteArrayOutputStream control = new ByteArrayOutputStream();

    Frames(Wire wire, Limits limits) {
        this.wire = wire;
        this.limit = limits.get(Limit.MESSAGE_BYTES);
    }

    /** Takes the next message or control frame, or nothing if none has come in whole. */
    @Nullable
    Frame poll() throws Breach {
        while (opcode >= 0 || pollHeader()) {
            takePayload();
            if (remaining > 0) {
                return null;
            }
            var ended = opcode;
            opcode = -1;
            if (ended >= CLOSE) {
                return whole(ended, control);
            }
            if (last) {
                var whole = message;
                message = 0;
                return whole(whole, fragments);
            }
        }
        return null;
    }

    private static Frame whole(int opcode, ByteArrayOutputStream payload) {
        var frame = new Frame(opcode, ByteBuffer.wrap(payload.toByteArray()));
        payload.reset();
        return frame;
    }

    /** Takes the header of a frame; returns false if it has not come in whole. */
    private boolean pollHeader() throws Breach {
        if (wire.buffered() < 2) {
            return false;
        }
        var first = wire.peek(0);
        var second = wire.peek(1);
        requireHeader(first, second);
        var lengthBytes = (second & 0x7f) == 127 ? 8 : (second & 0x7f) == 126 ? 2 : 0;
        if (wire.buffered() < 2 + lengthBytes + MASK_BYTES) {
            return false;
        }
        wire.poll(2);
        remaining = length(second & 0x7f, wire.poll(lengthBytes));
        wire.poll(MASK_BYTES).get(mask);
        opcode = first & 0x0f;
        if (opcode < CLOSE) {
            last = (first & FIN) != 0;
            message = opcode == CONTINUATION ? message : opcode;
            if (fragments.size() + remaining > limit) {
                throw new Breach(1009, "the message is too large");
            }
        }
        position = 0;
        return true;
    }

    private void requireHeader(int first, int second) throws Breach {
        var code = first & 0x0f;
        var legal = switch (code) {
            case CONTINUATION -> message != 0;
            case TEXT, BINARY -> message == 0;
            case CLOSE, PING, PONG -> (first & FIN) != 0 && (second & 0x7f) <= CONTROL_BYTES;
            default -> false;
        };
        if (!legal || (first & RESERVED) != 0 || (second & MASKED) == 0) {
            throw new Breach(1002, "the frame is not legal");
        }
    }

    private static long length(int code, ByteBuffer bytes) throws Breach {
        var length = switch (bytes.remaining()) {
            case 2 -> bytes.getShort() & 0xffff;
            case 8 -> bytes.getLong();
            default -> code;
        };
        if (length < 0 || (code == 126 && length < 126) || (code == 127 && length <= 0xffff)) {
            throw new Breach(1002, "the length of the frame is not legal");
        }
        return length;
    }

    private void takePayload() {
        var bytes = wire.poll(remaining);
        remaining -= bytes.remaining();
        var target = opcode >= CLOSE ? control : fragments;
        while (bytes.hasRemaining()) {
            target.write(bytes.get() ^ mask[position++ % MASK_BYTES]);
        }
    }

    /** The text of a payload. */
    static String text(ByteBuffer payload) throws Breach {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(payload).toString();
        } catch (CharacterCodingException malformed) {
            throw new Breach(1007, "the text is not UTF-8");
        }
    }

    /** The header of a frame of the server, which is never fragmented. */
    static ByteBuffer header(int opcode, int length) {
        var header = ByteBuffer.allocate(10).put((byte) (FIN | opcode));
        if (length < 126) {
            header.put((byte) length);
        } else if (length <= 0xffff) {
            header.put((byte) 126).putShort((short) length);
        } else {
            header.put((byte) 127).putLong(length);
        }
        return header.flip();
    }
}
