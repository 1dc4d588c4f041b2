package io.asgi4j.tck.wire;

import java.nio.ByteBuffer;

/** Bytes that came and were not consumed yet, and the way to get more of them. Confined to its client's thread. */
final class Inbox {
    /** Where the bytes come from. */
    interface Source {
        /** Adds bytes to the buffer, waiting for the first until the deadline; false if none came. */
        boolean pull(ByteBuffer into, Deadline deadline);

        Ending ending();
    }

    private static final int PULL = 16 * 1024;

    private final Source source;
    private byte[] bytes = new byte[PULL];
    private int start;
    private int end;

    Inbox(Source source) {
        this.source = source;
    }

    /** Bytes that are all there already, with the end of the connection behind them. */
    static Inbox holding(Octets octets) {
        var rest = octets.toByteBuffer();
        return new Inbox(new Source() {
            @Override
            public boolean pull(ByteBuffer into, Deadline deadline) {
                var before = rest.remaining();
                while (rest.hasRemaining() && into.hasRemaining()) {
                    into.put(rest.get());
                }
                return rest.remaining() < before;
            }

            @Override
            public Ending ending() {
                return rest.hasRemaining() ? Ending.OPEN : Ending.ORDERLY;
            }
        });
    }

    int available() {
        return end - start;
    }

    /** How the connection ended; meaningful to whoever has found no more bytes. */
    Ending ending() {
        return source.ending();
    }

    /** Gets at least one byte more than are available; false if the end or the deadline came before. */
    boolean fill(Deadline deadline) {
        if (bytes.length - end < PULL) {
            var grown = available() + PULL > bytes.length
                    ? new byte[Math.max(bytes.length * 2, available() + PULL)]
                    : bytes;
            System.arraycopy(bytes, start, grown, 0, available());
            end = available();
            start = 0;
            bytes = grown;
        }
        var into = ByteBuffer.wrap(bytes, end, bytes.length - end);
        var more = source.pull(into, deadline);
        end = into.position();
        return more;
    }

    /** Waits until so many bytes are available; false if the end or the deadline came before. */
    boolean await(int count, Deadline deadline) {
        while (available() < count) {
            if (!fill(deadline)) {
                return false;
            }
        }
        return true;
    }

    /** The bytes that are available, not consumed. */
    Octets peek() {
        return Octets.of(ByteBuffer.wrap(bytes, start, available()));
    }

    /** An available byte, not consumed. */
    int peekAt(int index) {
        if (index >= available()) {
            throw new IndexOutOfBoundsException(index);
        }
        return bytes[start + index] & 0xFF;
    }

    /** Consumes one available byte. */
    int take() {
        var octet = peekAt(0);
        start++;
        return octet;
    }

    /** Consumes available bytes. */
    Octets take(int count) {
        if (count > available()) {
            throw new IndexOutOfBoundsException(count);
        }
        var taken = Octets.of(ByteBuffer.wrap(bytes, start, count));
        start += count;
        return taken;
    }
}
