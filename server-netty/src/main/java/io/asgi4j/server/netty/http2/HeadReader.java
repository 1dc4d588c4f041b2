package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.Tokens;
import io.asgi4j.server.netty.http.Violation;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Netty decoded of a header section, strictly (RFC 9113 8.2 and 8.3): what a lenient reading lets through, HTTP/1
 * behind this server would take for something else.
 *
 * <p>An instance reads one section. Netty has checked the order and the number of pseudo-header fields before.
 */
final class HeadReader {
    private static final int USUAL_OCTETS = 256;
    private static final int USUAL_FIELDS = 12;
    private static final AsciiString HOST = AsciiString.cached("host");
    private static final AsciiString COOKIE = AsciiString.cached("cookie");
    private static final AsciiString CRUMB_SEPARATOR = AsciiString.cached("; ");

    private final int maxFields;
    private byte[] octets = new byte[USUAL_OCTETS];
    private int length;
    private int[] positions = new int[Fields.POSITIONS * USUAL_FIELDS];
    private int count;
    /** Fields that have become a part of another. */
    private int joined;

    private @Nullable String method;
    private @Nullable String scheme;
    private @Nullable String path;
    private @Nullable String protocol;
    private @Nullable AsciiString authority;
    private @Nullable AsciiString host;

    private HeadReader(int maxFields) {
        this.maxFields = maxFields;
    }

    /**
     * Reads the head of a request.
     *
     * @throws Malformed if it is none
     * @throws Violation.Found if it has too many fields
     */
    static Http2Head head(Http2Headers section, int maxFields) throws Malformed {
        return new HeadReader(maxFields).readHead(section);
    }

    /**
     * Reads trailers.
     *
     * @throws Malformed if they are none
     * @throws Violation.Found if there are too many
     */
    static Fields trailers(Http2Headers section, int maxFields) throws Malformed {
        var reader = new HeadReader(maxFields);
        reader.readFields(section);
        return reader.fields();
    }

    private Http2Head readHead(Http2Headers section) throws Malformed {
        for (var field : section) {
            var name = AsciiString.of(field.getKey());
            if (!isPseudo(name)) {
                break;
            }
            pseudo(name, AsciiString.of(field.getValue()));
        }
        if (authority != null) {
            add(HOST, authority);
        }
        readFields(section);
        if (authority != null && host != null && !authority.contentEqualsIgnoreCase(host)) {
            throw new Malformed("RFC 9113 8.3.1", "Host and :authority name different hosts.");
        }
        return new Http2Head(
                method == null ? "" : method,
                scheme == null ? "" : scheme,
                path == null ? "" : path,
                protocol,
                fields());
    }

    private void pseudo(AsciiString name, AsciiString value) throws Malformed {
        for (var i = 0; i < value.length(); i++) {
            if (!Tokens.isValueOctet(value.byteAt(i)) || value.byteAt(i) == '\t') {
                throw new Malformed("RFC 9113 8.3.1", "A pseudo-header field has a control character.");
            }
        }
        switch (name.toString()) {
            case ":method" -> method = method(value);
            case ":scheme" -> scheme = value.toString();
            case ":path" -> path = value.toString();
            case ":protocol" -> protocol = value.toString();
            case ":authority" -> authority = authority(value);
            default -> throw new Malformed("RFC 9113 8.3", "A pseudo-header field is unknown.");
        }
    }

    private static String method(AsciiString value) throws Malformed {
        for (var i = 0; i < value.length(); i++) {
            if (!Tokens.isTokenChar(value.byteAt(i))) {
                throw new Malformed("RFC 9110 9.1", "The method is not a token.");
            }
        }
        if (value.isEmpty()) {
            throw new Malformed("RFC 9113 8.3.1", "The method is empty.");
        }
        return value.toString();
    }

    private static AsciiString authority(AsciiString value) throws Malformed {
        if (value.isEmpty() || !Tokens.isHost(value.toString())) {
            throw new Malformed("RFC 9113 8.3.1", "The :authority is not a host.");
        }
        return value;
    }

    private void readFields(Http2Headers section) throws Malformed {
        var crumbs = -1;
        for (var field : section) {
            var name = AsciiString.of(field.getKey());
            if (isPseudo(name)) {
                continue;
            }
            var value = AsciiString.of(field.getValue());
            requireField(name, value);
            if (authority != null && name.contentEquals(HOST)) {
                if (host != null) {
                    throw new Malformed("RFC 9112 3.2", "The request has more than one Host field.");
                }
                host = value;
            } else if (name.contentEquals(COOKIE) && crumbs >= 0) {
                joined++;
            } else {
                if (name.contentEquals(COOKIE)) {
                    crumbs = count;
                }
                add(name, value);
            }
            if (count + joined > maxFields) {
                throw new Violation.Found(new Violation(431, "RFC 6585 5", "The request has too many fields."));
            }
        }
        if (joined > 0) {
            join(section, crumbs);
        }
    }

    /** Cookies may come in crumbs, which compress better (RFC 9113 8.2.3). Behind an empty one no separator remains. */
    private void join(Http2Headers section, int cookie) {
        var start = length;
        for (var crumb : section.getAll(COOKIE)) {
            if (length > start && !crumb.isEmpty()) {
                append(CRUMB_SEPARATOR);
            }
            append(AsciiString.of(crumb));
        }
        positions[Fields.POSITIONS * cookie + 2] = start;
        positions[Fields.POSITIONS * cookie + 3] = length;
    }

    private static void requireField(AsciiString name, AsciiString value) throws Malformed {
        for (var i = 0; i < name.length(); i++) {
            if (Tokens.lowerCaseTokenChar(name.byteAt(i)) != name.byteAt(i)) {
                throw new Malformed("RFC 9113 8.2.1", "A field's name is not a token in lower case.");
            }
        }
        if (name.isEmpty()) {
            throw new Malformed("RFC 9113 8.2.1", "A field has no name.");
        }
        for (var i = 0; i < value.length(); i++) {
            if (!Tokens.isValueOctet(value.byteAt(i))) {
                throw new Malformed("RFC 9113 8.2.1", "A field's value has a control character.");
            }
        }
        if (!value.isEmpty() && (isBlank(value.byteAt(0)) || isBlank(value.byteAt(value.length() - 1)))) {
            throw new Malformed("RFC 9113 8.2.1", "White space stands around a field's value.");
        }
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static boolean isPseudo(AsciiString name) {
        return !name.isEmpty() && name.byteAt(0) == ':';
    }

    private void add(AsciiString name, AsciiString value) {
        var next = Fields.POSITIONS * count;
        if (next == positions.length) {
            positions = Arrays.copyOf(positions, 2 * next);
        }
        positions[next] = length;
        append(name);
        positions[next + 1] = length;
        positions[next + 2] = length;
        append(value);
        positions[next + 3] = length;
        count++;
    }

    private void append(AsciiString text) {
        var size = text.length();
        if (octets.length - length < size) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + size));
        }
        System.arraycopy(text.array(), text.arrayOffset(), octets, length, size);
        length += size;
    }

    private Fields fields() {
        return count == 0 ? Fields.none() : new Fields(octets, positions, count);
    }
}
