package io.asgi4j.server.netty.http1;

import static io.asgi4j.server.netty.http.Violation.badRequest;

import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.Tokens;
import io.asgi4j.server.netty.http.Violation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Takes the chunks of one body apart (RFC 9112 7.1), strictly: every line ends in CR and LF.
 *
 * <p>Owned by the connection's event loop.
 */
final class ChunkParser {
    /** Digits of a chunk's size: more do not fit in a long, and a flood of zeros has no purpose. */
    private static final int MAX_DIGITS = 15;

    private static final byte[] LINE_END = {'\r', '\n'};

    /** What comes next. */
    private enum Next {
        SIZE,
        DATA,
        DATA_END,
        TRAILERS,
        NOTHING
    }

    private final FieldParser fields;
    private final int maxExtensions;
    private final LineBuffer trailers = new LineBuffer();
    private Next next = Next.SIZE;
    private long left;
    private int extensions;
    private @Nullable Fields trailerFields;

    /**
     * A parser for the body of a request.
     *
     * @param fields has parsed the head, and takes the trailers
     * @param maxExtensions octets of all chunk extensions of the body, which are read and dropped
     */
    ChunkParser(FieldParser fields, int maxExtensions) {
        this.fields = fields;
        this.maxExtensions = maxExtensions;
    }

    /**
     * Reads up to the next data.
     *
     * @return how many octets of data come next; 0 if more has to arrive first, or if this was all
     * @throws Violation.Found if this is not how chunks are written
     */
    long parse(ByteBuf in) {
        while (true) {
            switch (next) {
                case SIZE -> {
                    if (!size(in)) {
                        return 0;
                    }
                }
                case DATA -> {
                    return left;
                }
                case DATA_END -> {
                    if (!dataEnd(in)) {
                        return 0;
                    }
                }
                case TRAILERS -> {
                    if (!trailers(in)) {
                        return 0;
                    }
                }
                case NOTHING -> {
                    return 0;
                }
            }
        }
    }

    /** Tells that so much data was taken. */
    void taken(int octets) {
        left -= octets;
        if (left == 0) {
            next = Next.DATA_END;
        }
    }

    /** Returns the trailers once the body has ended, and null before. */
    @Nullable
    Fields trailers() {
        return trailerFields;
    }

    private boolean size(ByteBuf in) {
        var start = in.readerIndex();
        var lf = in.indexOf(start, in.writerIndex(), (byte) '\n');
        requireExtensions((lf < 0 ? in.writerIndex() : lf) - start - MAX_DIGITS);
        if (lf < 0) {
            return false;
        }
        if (lf == start || in.getByte(lf - 1) != '\r') {
            throw new Violation.Found(badRequest("RFC 9112 7.1", "A line of a chunked body ends in LF without CR."));
        }
        var digits = digits(in, start, lf - 1);
        extension(in, digits, lf - 1);
        in.readerIndex(lf + 1);
        next = left == 0 ? Next.TRAILERS : Next.DATA;
        return true;
    }

    /** Returns where the digits end. */
    private int digits(ByteBuf in, int start, int end) {
        left = 0;
        var at = start;
        for (; at < end; at++) {
            var digit = Character.digit(in.getByte(at), 16);
            if (digit < 0) {
                break;
            }
            if (at - start == MAX_DIGITS) {
                throw new Violation.Found(badRequest("RFC 9112 7.1", "A chunk's size has too many digits."));
            }
            left = left << 4 | digit;
        }
        if (at == start) {
            throw new Violation.Found(badRequest("RFC 9112 7.1", "A chunk has no size."));
        }
        return at;
    }

    private void extension(ByteBuf in, int start, int end) {
        requireExtensions(end - start);
        extensions += end - start;
        for (var at = start; at < end; at++) {
            if (!Tokens.isValueOctet(in.getByte(at))) {
                throw new Violation.Found(badRequest("RFC 9112 7.1.1", "A chunk's extension has a control character."));
            }
        }
        var at = start;
        while (at < end && (in.getByte(at) == ' ' || in.getByte(at) == '\t')) {
            at++;
        }
        if (start < end && (at == end || in.getByte(at) != ';')) {
            throw new Violation.Found(badRequest("RFC 9112 7.1", "A chunk's size is not a hexadecimal number."));
        }
    }

    private void requireExtensions(int more) {
        if (extensions + more > maxExtensions) {
            throw new Violation.Found(badRequest("RFC 9112 7.1.1", "The chunk extensions are too long."));
        }
    }

    private boolean dataEnd(ByteBuf in) {
        var arrived = Math.min(in.readableBytes(), LINE_END.length);
        for (var i = 0; i < arrived; i++) {
            if (in.getByte(in.readerIndex() + i) != LINE_END[i]) {
                throw new Violation.Found(badRequest("RFC 9112 7.1", "A chunk is longer than its size."));
            }
        }
        if (arrived < LINE_END.length) {
            return false;
        }
        in.skipBytes(arrived);
        next = Next.SIZE;
        return true;
    }

    private boolean trailers(ByteBuf in) {
        while (findTrailer(in)) {
            var start = trailers.lineStart();
            var end = trailers.lineEnd();
            trailers.next();
            if (end == start) {
                trailerFields = fields.fields(trailers.octets());
                trailers.end(in);
                next = Next.NOTHING;
                return true;
            }
            fields.line(trailers.octets(), start, end);
        }
        return false;
    }

    private boolean findTrailer(ByteBuf in) {
        var found = trailers.find(in);
        fields.requireRoom(trailers.leastLength());
        return found;
    }
}
