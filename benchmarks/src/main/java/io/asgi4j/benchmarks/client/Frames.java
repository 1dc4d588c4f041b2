package io.asgi4j.benchmarks.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The framing of RFC 6455, section 5.2, as far as this client sends and receives it. */
final class Frames {
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int OPCODE = 0x0f;

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** Says that the length follows in 16 bits. */
    static final int LENGTH_16 = 126;

    /** Says that the length follows in 64 bits, which no message here needs. */
    static final int LENGTH_64 = 127;

    private static final int MAX_LENGTH = 0xffff;
    private static final int MASKED = 0x80;
    private static final int[] MASK = {0x37, 0xfa, 0x21, 0x3d};

    private Frames() {}

    /** A frame as clients send it; the first byte holds its flags and its opcode. */
    static ByteBuf masked(int first, byte... payload) {
        if (payload.length > MAX_LENGTH) {
            throw new IllegalArgumentException("A frame of " + payload.length + " bytes");
        }
        var frame = Unpooled.directBuffer(8 + payload.length);
        frame.writeByte(first);
        if (payload.length < LENGTH_16) {
            frame.writeByte(MASKED | payload.length);
        } else {
            frame.writeByte(MASKED | LENGTH_16).writeShort(payload.length);
        }
        for (var octet : MASK) {
            frame.writeByte(octet);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ MASK[i % MASK.length]);
        }
        return frame;
    }
}
