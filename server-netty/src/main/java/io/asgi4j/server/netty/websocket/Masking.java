package io.asgi4j.server.netty.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The masking of client payloads (RFC 6455 section 5.3). */
final class Masking {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Masking() {}

    /** Unmasks in place; {@code key} has the mask's first octet on top and is rotated to where {@code offset} is. */
    static void apply(byte[] bytes, int offset, int length, int key) {
        int i = offset;
        int end = offset + length;
        long wideKey = ((long) key << Integer.SIZE) | (key & 0xFFFF_FFFFL);
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            LONGS.set(bytes, i, (long) LONGS.get(bytes, i) ^ wideKey);
        }
        int rest = key;
        for (; i < end; i++) {
            rest = Integer.rotateLeft(rest, Byte.SIZE);
            bytes[i] ^= (byte) rest;
        }
    }

    /** The key for the octet that follows {@code length} octets. */
    static int rotate(int key, int length) {
        return Integer.rotateLeft(key, (length & 3) * Byte.SIZE);
    }
}
