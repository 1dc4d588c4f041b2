package io.asgi4j.tck.wire;

import java.util.Arrays;

/** Collects bytes. Its appended bytes never change, so what {@link #toOctets} gave stays right and costs no copy. Confined to its user's thread. */
final class OctetsBuilder {
    private byte[] bytes = new byte[64];
    private int size;

    int size() {
        return size;
    }

    void append(Octets octets) {
        makeRoom(octets.size());
        octets.toByteBuffer().get(bytes, size, octets.size());
        size += octets.size();
    }

    void append(int octet) {
        makeRoom(1);
        bytes[size++] = (byte) octet;
    }

    Octets toOctets() {
        return Octets.view(bytes, 0, size);
    }

    private void makeRoom(int more) {
        var needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length)));
        }
    }
}
