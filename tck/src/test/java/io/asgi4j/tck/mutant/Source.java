package io.asgi4j.tck.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Bytes that come from a socket. Only one thread calls it. */
final class Source {
    /** What is to happen before waiting for bytes. */
    @FunctionalInterface
    interface BeforeWaiting {
        void run() throws IOException;
    }

    private static final int SIZE = 16 * 1024;

    private final InputStream in;
    private final BeforeWaiting beforeWaiting;
    private final byte[] bytes = new byte[SIZE];
    private int position;
    private int limit;

    Source(InputStream in, BeforeWaiting beforeWaiting) {
        this.in = in;
        this.beforeWaiting = beforeWaiting;
    }

    /** Waits until there is a byte; false at the end. */
    boolean hasMore() throws IOException {
        if (position == limit) {
            beforeWaiting.run();
            position = 0;
            limit = Math.max(0, in.read(bytes));
        }
        return position < limit;
    }

    /** What is there now, at most so many bytes; waits if that is nothing; empty at the end. */
    String some(long most) throws IOException {
        if (!hasMore()) {
            return "";
        }
        var length = (int) Math.min(most, limit - position);
        var text = new String(bytes, position, length, StandardCharsets.ISO_8859_1);
        position += length;
        return text;
    }

    /** So many bytes, or fewer at the end. */
    String exactly(int count) throws IOException {
        var text = new StringBuilder();
        while (text.length() < count && hasMore()) {
            text.append(some(count - text.length()));
        }
        return text.toString();
    }

    /** A line with what ends it, which it lacks at the end, or if it is too long. */
    String line(int most) throws IOException {
        var line = new ByteArrayOutputStream();
        while (line.size() < most && hasMore()) {
            var next = bytes[position++];
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
