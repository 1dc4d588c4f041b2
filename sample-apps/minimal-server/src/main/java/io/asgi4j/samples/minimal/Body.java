package io.asgi4j.samples.minimal;

import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the body of one request out of the wire (RFC 9112 section 7.1), without ever waiting: it takes what is there
 * and remembers where it stands, so that a thread which is interrupted while it waits for more loses nothing.
 *
 * <p>Thread ownership: guarded by the lock of the wire.
 *
 * <p>Keeps: {@code http.request.dechunked}, {@code http.request.streamed}, {@code http.request.truncated-never-ends},
 * {@code http.request.trailers-not-merged}, {@code cancellation.receive-loses-nothing}.
 */
final class Body {
    /** What comes next. */
    private enum Part {
        CHUNK_SIZE,
        DATA,
        CHUNK_END,
        TRAILERS,
        NOTHING
    }

    private static final Pattern CHUNK = Pattern.compile("(\\p{XDigit}{1,15})([ \t]*;[\t -~\\x80-\\xff]*)?");

    private final Wire wire;
    private final Limits limits;
    private final boolean chunked;
    private Part part;

    /** Bytes of the body, or of the chunk, that have not been taken. */
    private long remaining;

    private long taken;
    private int trailers;

    Body(Wire wire, Limits limits, long length) {
        this.wire = wire;
        this.limits = limits;
        this.chunked = length == RequestHead.CHUNKED;
        this.remaining = Math.max(0, length);
        this.part = chunked ? Part.CHUNK_SIZE : length == 0 ? Part.NOTHING : Part.DATA;
    }

    boolean ended() {
        return part == Part.NOTHING;
    }

    /** Bytes of the body that have been taken. */
    long taken() {
        return taken;
    }

    /**
     * Takes the next bytes that have come in, or nothing if there are none or the body has ended.
     *
     * @throws Refusal if the body is malformed or too large
     */
    @Nullable
    ByteBuffer poll() throws Refusal {
        while (part != Part.NOTHING) {
            if (part == Part.DATA) {
                return wire.buffered() == 0 ? null : data();
            }
            var line = wire.pollLine(400);
            if (line == null) {
                return null;
            }
            part = after(line);
        }
        return null;
    }

    private ByteBuffer data() throws Refusal {
        var bytes = wire.poll(remaining);
        remaining -= bytes.remaining();
        taken += bytes.remaining();
        if (taken > limits.get(Limit.BODY_BYTES)) {
            throw new Refusal(413, "The body is too large.");
        }
        if (remaining == 0) {
            part = chunked ? Part.CHUNK_END : Part.NOTHING;
        }
        return bytes;
    }

    private Part after(String line) throws Refusal {
        return switch (part) {
            case CHUNK_SIZE -> {
                var chunk = CHUNK.matcher(line);
                if (!chunk.matches()) {
                    throw new Refusal(400, "A chunk does not begin with its size.");
                }
                remaining = Long.parseLong(chunk.group(1), 16);
                yield remaining == 0 ? Part.TRAILERS : Part.DATA;
            }
            case CHUNK_END -> {
                if (!line.isEmpty()) {
                    throw new Refusal(400, "A chunk is longer than its size.");
                }
                yield Part.CHUNK_SIZE;
            }
            case TRAILERS -> line.isEmpty() ? Part.NOTHING : trailer(line);
            case DATA, NOTHING -> throw new AssertionError(part);
        };
    }

    /** Checks a trailer and drops it. */
    private Part trailer(String line) throws Refusal {
        RequestHead.requireField(line);
        trailers += line.length();
        if (trailers > limits.get(Limit.HEAD_BYTES)) {
            throw new Refusal(431, "The trailers are too large.");
        }
        return Part.TRAILERS;
    }
}
