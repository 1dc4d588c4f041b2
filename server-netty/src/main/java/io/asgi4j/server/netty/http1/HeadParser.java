package io.asgi4j.server.netty.http1;

import static io.asgi4j.server.netty.http.Violation.badRequest;

import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.Tokens;
import io.asgi4j.server.netty.http.Violation;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the head of a request apart (RFC 9112 3 and 5), strictly: a lenient reading is one that somebody else may not share.
 *
 * <p>Owned by the connection's event loop.
 */
final class HeadParser {
    /** Room for every registered method, the longest of which has 17 characters. */
    private static final int MAX_METHOD = 64;

    /** Empty lines before a request, which some clients send behind a body (RFC 9112 2.2). */
    private static final int MAX_EMPTY_LINES = 4;

    private static final List<String> USUAL_METHODS =
            List.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH");
    private static final String HTTP = "HTTP/";
    private static final int VERSION_LENGTH = 8;

    private final int maxRequestLine;
    private final FieldParser fields;
    private final LineBuffer lines = new LineBuffer();
    private int emptyLines;
    private @Nullable RequestHead requestLine;

    /**
     * A parser for the requests of one connection.
     *
     * @param fields takes the field lines
     */
    HeadParser(int maxRequestLine, FieldParser fields) {
        this.maxRequestLine = maxRequestLine;
        this.fields = fields;
    }

    /**
     * Reads on.
     *
     * @return the head, or null if it has not all arrived: what is left in {@code in} has to be given again with more behind it
     * @throws Violation.Found if this is no head; its method, target and version are {@link #requestLine()} if they are known
     */
    @Nullable
    RequestHead parse(ByteBuf in) {
        while (find(in)) {
            var start = lines.lineStart();
            var end = lines.lineEnd();
            if (requestLine == null) {
                requestLine = requestLine(start, end);
            } else if (end == start) {
                return complete(requestLine, in);
            } else {
                fields.line(lines.octets(), start, end);
            }
            lines.next();
        }
        if (requestLine == null && lines.isAtLineStart()) {
            // An empty line alone is not the begin of a request.
            lines.end(in);
        }
        return null;
    }

    /** What is known of a request that is refused while its fields are read. */
    @Nullable
    RequestHead requestLine() {
        return requestLine;
    }

    private RequestHead complete(RequestHead line, ByteBuf in) {
        var octets = lines.octets();
        lines.next();
        lines.end(in);
        requestLine = null;
        emptyLines = 0;
        return new RequestHead(line.method(), line.target(), line.http10(), fields.fields(octets));
    }

    /** Looks for the end of the next line, which must not be too long, whether its end has arrived or not. */
    private boolean find(ByteBuf in) {
        var found = lines.find(in);
        if (requestLine != null) {
            fields.requireRoom(lines.leastLength());
        } else if (lines.leastLength() > maxRequestLine) {
            throw new Violation.Found(new Violation(414, "RFC 9110 15.5.15", "The request line is too long."));
        }
        return found;
    }

    private @Nullable RequestHead requestLine(int start, int end) {
        if (end == start) {
            if (++emptyLines > MAX_EMPTY_LINES) {
                throw new Violation.Found(badRequest("RFC 9112 2.2", "There are only empty lines."));
            }
            return null;
        }
        fields.begin();
        var octets = lines.octets();
        var methodEnd = methodEnd(octets, start, end);
        var targetEnd = methodEnd + 1;
        while (targetEnd < end && octets[targetEnd] != ' ') {
            targetEnd++;
        }
        if (targetEnd == methodEnd + 1) {
            throw new Violation.Found(
                    targetEnd == end
                            ? badRequest("RFC 9112 3", "The request line has no target.")
                            : badRequest("RFC 9112 3", "Method and target are not separated by one space."));
        }
        return new RequestHead(
                method(octets, start, methodEnd),
                new String(octets, methodEnd + 1, targetEnd - methodEnd - 1, StandardCharsets.ISO_8859_1),
                isHttp10(octets, Math.min(targetEnd + 1, end), end),
                Fields.none());
    }

    private static int methodEnd(byte[] octets, int start, int end) {
        var at = start;
        while (at < end && octets[at] != ' ') {
            if (!Tokens.isTokenChar(octets[at])) {
                throw new Violation.Found(badRequest("RFC 9110 9.1", "The method is not a token."));
            }
            if (++at - start > MAX_METHOD) {
                throw new Violation.Found(new Violation(501, "RFC 9110 15.6.2", "No method is that long."));
            }
        }
        if (at == start) {
            throw new Violation.Found(badRequest("RFC 9112 3", "White space before the method."));
        }
        if (at == end) {
            throw new Violation.Found(badRequest("RFC 9112 3", "The request line has no target."));
        }
        return at;
    }

    /** The usual methods need no new text. */
    private static String method(byte[] octets, int start, int end) {
        for (var usual : USUAL_METHODS) {
            if (usual.length() == end - start && equals(octets, start, usual)) {
                return usual;
            }
        }
        return new String(octets, start, end - start, StandardCharsets.US_ASCII);
    }

    private static boolean isHttp10(byte[] octets, int start, int end) {
        if (end - start != VERSION_LENGTH || !equals(octets, start, HTTP)) {
            throw new Violation.Found(noVersion(octets, start, end));
        }
        var major = octets[start + 5];
        var minor = octets[start + 7];
        if (octets[start + 6] != '.' || !Tokens.isDigit((char) major) || !Tokens.isDigit((char) minor)) {
            throw new Violation.Found(noVersion(octets, start, end));
        }
        if (major != '1') {
            throw new Violation.Found(
                    new Violation(505, "RFC 9110 15.6.6", "This server speaks HTTP/1.1 and HTTP/1.0."));
        }
        return minor == '0';
    }

    private static Violation noVersion(byte[] octets, int start, int end) {
        for (var i = start; i < end; i++) {
            if (octets[i] == ' ') {
                return badRequest("RFC 9112 3", "Target and version are not separated by one space, or more follows.");
            }
        }
        return badRequest("RFC 9112 2.3", "The request line has no HTTP version.");
    }

    private static boolean equals(byte[] octets, int start, String text) {
        for (var i = 0; i < text.length(); i++) {
            if (octets[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
