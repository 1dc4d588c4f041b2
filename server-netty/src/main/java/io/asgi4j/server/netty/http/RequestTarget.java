package io.asgi4j.server.netty.http;

import static io.asgi4j.server.netty.http.Violation.badRequest;

import io.asgi4j.spec.Headers;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request target, taken apart (RFC 9112 3.2).
 *
 * @param path the path, percent-decoded once and read as UTF-8
 * @param rawPath the path as it came
 * @param query what follows the first question mark, as it came, or an empty text
 * @param authority host and port of an absolute target, which then replace the Host field, or {@code null}
 */
public record RequestTarget(
        String path, String rawPath, String query, @Nullable String authority) {
    private static final String RULE = "RFC 9112 3.2";

    /** Returns the fields of a request with this target: its authority is the host, whatever the Host field says. */
    public Headers headers(Headers fields) {
        return authority == null ? fields : fields.replace("host", authority);
    }

    /**
     * Takes a target apart.
     *
     * @throws Violation.Found if it has none of the forms that the method allows, or its path does not decode
     */
    public static RequestTarget parse(String method, String target) {
        requireVisibleAscii(target);
        if (method.equals("CONNECT")) {
            throw new Violation.Found(new Violation(501, "RFC 9110 9.3.6", "This server is no proxy."));
        }
        if (target.startsWith("/")) {
            return split(target, null);
        }
        if (target.equals("*")) {
            if (!method.equals("OPTIONS")) {
                throw new Violation.Found(badRequest("RFC 9112 3.2.4", "The target * is for OPTIONS only."));
            }
            return new RequestTarget("*", "*", "", null);
        }
        return absolute(target);
    }

    private static RequestTarget absolute(String target) {
        var start = target.indexOf("://") + 3;
        var scheme = start < 3 ? "" : target.substring(0, start - 3);
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw new Violation.Found(badRequest(RULE, "The target is neither a path nor an http URI."));
        }
        var end = start;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        var authority = target.substring(start, end);
        if (authority.isEmpty() || !Tokens.isHost(authority)) {
            throw new Violation.Found(badRequest("RFC 9112 3.2.2", "The target's authority is not a host."));
        }
        var rest = target.substring(end);
        return split(rest.startsWith("/") ? rest : "/" + rest, authority);
    }

    private static RequestTarget split(String target, @Nullable String authority) {
        var question = target.indexOf('?');
        var rawPath = question < 0 ? target : target.substring(0, question);
        var query = question < 0 ? "" : target.substring(question + 1);
        return new RequestTarget(decode(rawPath), rawPath, query, authority);
    }

    private static void requireVisibleAscii(String target) {
        for (var i = 0; i < target.length(); i++) {
            var c = target.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#') {
                throw new Violation.Found(
                        badRequest(RULE, "The target holds a character that must be percent-encoded."));
            }
        }
    }

    private static String decode(String rawPath) {
        var percent = rawPath.indexOf('%');
        if (percent < 0) {
            return rawPath;
        }
        var bytes = ByteBuffer.allocate(rawPath.length());
        for (var i = 0; i < rawPath.length(); i++) {
            var c = rawPath.charAt(i);
            if (c == '%') {
                bytes.put(escape(rawPath, i));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
        } catch (CharacterCodingException malformed) {
            throw new Violation.Found(badRequest("RFC 3986 2.5", "The path is not UTF-8 once it is percent-decoded."));
        }
        return text.toString();
    }

    private static byte escape(String rawPath, int percent) {
        if (percent + 2 < rawPath.length()) {
            var high = Character.digit(rawPath.charAt(percent + 1), 16);
            var low = Character.digit(rawPath.charAt(percent + 2), 16);
            if (high >= 0 && low >= 0) {
                return (byte) (high << 4 | low);
            }
        }
        throw new Violation.Found(badRequest("RFC 3986 2.1", "The path holds a malformed percent escape."));
    }
}
