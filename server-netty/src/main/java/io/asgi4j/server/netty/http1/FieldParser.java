package io.asgi4j.server.netty.http1;

import static io.asgi4j.server.netty.http.Violation.badRequest;

import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.Tokens;
import io.asgi4j.server.netty.http.Violation;
import java.util.Arrays;

/**
 * Takes field lines apart (RFC 9112 5): those of a head, and then those of the trailers, which count towards the same limits.
 *
 * <p>Owned by the connection's event loop.
 */
final class FieldParser {
    private static final int USUAL_FIELDS = 12;
    private static final int LINE_END = 2;

    private final int maxSize;
    private final int maxFields;
    private int[] positions = new int[0];
    private int count;
    private int earlierFields;
    private int size;

    /**
     * A parser for the requests of one connection.
     *
     * @param maxSize octets of all fields of a request
     * @param maxFields fields of a request
     */
    FieldParser(int maxSize, int maxFields) {
        this.maxSize = maxSize;
        this.maxFields = maxFields;
    }

    /** Begins with the head of another request. */
    void begin() {
        size = 0;
        earlierFields = 0;
        count = 0;
    }

    /**
     * Requires that a line fits in, of which so much has arrived; the empty line behind the fields always does.
     *
     * @param length octets of the line without its end
     */
    void requireRoom(int length) {
        if (length > 0 && size + length > maxSize) {
            throw new Violation.Found(new Violation(431, "RFC 6585 5", "The fields are too large."));
        }
    }

    /**
     * Takes one line, without its line end, and turns its name to lower case where it stands. There has to be room for it.
     *
     * @throws Violation.Found if it is no field, or one too much
     */
    void line(byte[] octets, int start, int end) {
        size += end - start + LINE_END;
        if (earlierFields + count == maxFields) {
            throw new Violation.Found(new Violation(431, "RFC 6585 5", "The request has too many fields."));
        }
        var colon = name(octets, start, end);
        var valueStart = colon + 1;
        while (valueStart < end && isBlank(octets[valueStart])) {
            valueStart++;
        }
        var valueEnd = end;
        while (valueEnd > valueStart && isBlank(octets[valueEnd - 1])) {
            valueEnd--;
        }
        for (var i = valueStart; i < valueEnd; i++) {
            if (!Tokens.isValueOctet(octets[i])) {
                throw new Violation.Found(badRequest("RFC 9110 5.5", "A field's value has a control character."));
            }
        }
        add(start, colon, valueStart, valueEnd);
    }

    /** Returns where the colon behind the name is. */
    private static int name(byte[] octets, int start, int end) {
        for (var i = start; i < end; i++) {
            var lowerCase = Tokens.lowerCaseTokenChar(octets[i]);
            if (lowerCase == 0) {
                if (octets[i] == ':' && i > start) {
                    return i;
                }
                throw new Violation.Found(noName(octets, start, i));
            }
            octets[i] = lowerCase;
        }
        throw new Violation.Found(badRequest("RFC 9112 5", "A line among the fields has no colon."));
    }

    private static Violation noName(byte[] octets, int start, int at) {
        if (at == start && isBlank(octets[at])) {
            return badRequest("RFC 9112 5.2", "A field is folded into a second line.");
        }
        return isBlank(octets[at])
                ? badRequest("RFC 9112 5.1", "White space stands in a field's name or behind it.")
                : badRequest("RFC 9110 5.1", "A field's name is not a token.");
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private void add(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        var next = Fields.POSITIONS * count;
        if (next == positions.length) {
            positions = Arrays.copyOf(positions, Math.max(Fields.POSITIONS * USUAL_FIELDS, 2 * next));
        }
        positions[next] = nameStart;
        positions[next + 1] = nameEnd;
        positions[next + 2] = valueStart;
        positions[next + 3] = valueEnd;
        count++;
    }

    /** Returns the fields of the lines since the last call, which are in {@code octets}. */
    Fields fields(byte[] octets) {
        if (count == 0) {
            return Fields.none();
        }
        var fields = new Fields(octets, Arrays.copyOf(positions, Fields.POSITIONS * count), count);
        earlierFields += count;
        count = 0;
        return fields;
    }
}
