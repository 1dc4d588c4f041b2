package io.asgi4j.server.netty.websocket;

import java.util.Arrays;

/** The octets of one message so far; grows as they arrive, never far beyond them, and never beyond the limit. */
final class MessageBuffer {
    private static final byte[] EMPTY = new byte[0];

    private final int limit;
    private byte[] array = EMPTY;
    private int size;

    MessageBuffer(int limit) {
        this.limit = limit;
    }

    byte[] array() {
        return array;
    }

    int size() {
        return size;
    }

    int room() {
        return array.length - size;
    }

    /** Makes room for {@code needed} octets, doubling the array unless it is known that only {@code atMost} come. */
    void reserve(int needed, int atMost) {
        if (room() >= needed) {
            return;
        }
        long capacity = Math.max((long) size + needed, Math.min((long) size + atMost, 2L * array.length));
        // one octet beyond the limit, so that an excess shows
        array = Arrays.copyOf(array, (int) Math.min(capacity, limit + 1L));
    }

    /** Counts octets that were put into the array behind the present ones. */
    void add(int count) throws WebSocketViolation {
        size += count;
        if (size > limit) {
            throw WebSocketViolation.tooBig(limit);
        }
    }

    /** Forgets the content; the array is no longer this buffer's. */
    void clear() {
        array = EMPTY;
        size = 0;
    }
}
