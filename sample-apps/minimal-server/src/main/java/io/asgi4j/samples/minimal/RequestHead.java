package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The head of a request, taken apart and checked; immutable.
 *
 * <p>Keeps: {@code http.scope.version} to {@code http.scope.asterisk-form}, {@code http.invalid.framing} to
 * {@code http.invalid.connect}, {@code core.headers.request-order-kept}, {@code core.headers.values-exact}.
 *
 * @param path the path, percent-decoded once and read as UTF-8
 * @param rawPath the path as it came
 * @param query what follows the first question mark, as it came
 * @param length the length of the body in bytes, or {@link #CHUNKED}
 */
record RequestHead(
        String version, String method, String path, String rawPath, String query, Headers headers, long length) {
    static final long CHUNKED = -1;

    private static final Pattern LINE =
            Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+) ([!-~&&[^#]]+) HTTP/(\\d)\\.(\\d)");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i:https?)://([^/?]+)(/[^?]*)?(\\?.*)?");
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Za-z:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(:\\d{0,5})?");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    /** Makes a head of its lines, which have lost their ends. */
    static RequestHead parse(List<String> lines) throws Refusal {
        var line = LINE.matcher(lines.get(0));
        if (!line.matches()) {
            throw new Refusal(400, "The request line is malformed.");
        }
        if (!line.group(3).equals("1")) {
            throw new Refusal(505, "Only HTTP/1 is spoken here.");
        }
        var version = line.group(4).equals("0") ? "1.0" : "1.1";
        var method = line.group(1).toUpperCase(Locale.ROOT);
        var target = line.group(2);
        if (method.equals("CONNECT")) {
            throw new Refusal(501, "This server is no proxy.");
        }
        var fields = Headers.builder();
        for (var field : lines.subList(1, lines.size())) {
            fields.add(field(field));
        }
        var headers = fields.build();
        requireHost(version, headers);

        var absolute = ABSOLUTE.matcher(target);
        if (absolute.matches()) {
            if (!HOST.matcher(absolute.group(1)).matches()) {
                throw new Refusal(400, "The target's authority is not a host.");
            }
            headers = withHost(absolute.group(1), headers);
            target = (absolute.group(2) == null ? "/" : absolute.group(2))
                    + (absolute.group(3) == null ? "" : absolute.group(3));
        } else if (!target.startsWith("/") && !(target.equals("*") && method.equals("OPTIONS"))) {
            throw new Refusal(400, "The target is neither a path nor an http URI.");
        }
        var question = target.indexOf('?');
        var rawPath = question < 0 ? target : target.substring(0, question);
        var query = question < 0 ? "" : target.substring(question + 1);
        return new RequestHead(version, method, decode(rawPath), rawPath, query, headers, length(version, headers));
    }

    /** Makes a field of its line, or refuses it. */
    private static Header field(String line) throws Refusal {
        var colon = line.indexOf(':');
        if (colon < 1) {
            throw new Refusal(400, "A header field has no name.");
        }
        try {
            return new Header(line.substring(0, colon).toLowerCase(Locale.ROOT), trim(line.substring(colon + 1)));
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "A header field is malformed.");
        }
    }

    /** Refuses a line that is no header field. */
    static void requireField(String line) throws Refusal {
        field(line);
    }

    /** Takes away the white space of RFC 9110 around a value, which is less than that of Java. */
    private static String trim(String value) {
        var start = 0;
        var end = value.length();
        while (start < end && isBlank(value.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static void requireHost(String version, Headers headers) throws Refusal {
        var hosts = headers.all("host");
        if (hosts.size() > 1 || (hosts.isEmpty() && version.equals("1.1"))) {
            throw new Refusal(400, "The field host must be given once.");
        }
        if (!hosts.isEmpty() && !HOST.matcher(hosts.get(0)).matches()) {
            throw new Refusal(400, "The field host is malformed.");
        }
    }

    private static Headers withHost(String host, Headers headers) {
        if (headers.contains("host")) {
            return headers.replace("host", host);
        }
        var fields = Headers.builder().add("host", host);
        headers.forEach(fields::add);
        return fields.build();
    }

    private static String decode(String rawPath) throws Refusal {
        var bytes = ByteBuffer.allocate(rawPath.length());
        for (var i = 0; i < rawPath.length(); i++) {
            var c = rawPath.charAt(i);
            if (c == '%') {
                var high = i + 2 < rawPath.length() ? Character.digit(rawPath.charAt(++i), 16) : -1;
                var low = high < 0 ? -1 : Character.digit(rawPath.charAt(++i), 16);
                if (low < 0) {
                    throw new Refusal(400, "The path holds a malformed percent-escape.");
                }
                c = (char) (high << 4 | low);
            }
            bytes.put((byte) c);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException malformed) {
            throw new Refusal(400, "The path is not UTF-8.");
        }
    }

    /** The length of the body (RFC 9112 section 6.3); what could be read in two ways is refused. */
    private static long length(String version, Headers headers) throws Refusal {
        var codings = headers.all("transfer-encoding");
        var lengths = headers.all("content-length");
        if (!codings.isEmpty()) {
            if (version.equals("1.0") || !lengths.isEmpty()) {
                throw new Refusal(400, "The framing of the body is ambiguous.");
            }
            if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
                throw new Refusal(501, "The only transfer coding is chunked.");
            }
            return CHUNKED;
        }
        if (lengths.isEmpty()) {
            return 0;
        }
        if (lengths.size() > 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
            throw new Refusal(400, "The field content-length must be one number.");
        }
        return Long.parseLong(lengths.get(0));
    }

    /** Whether a field that is a list holds an element; its case does not count. */
    boolean lists(String name, String element) {
        return elements(headers, name).stream().anyMatch(element::equalsIgnoreCase);
    }

    /** The elements of all fields of a name, which is that of a list. */
    static List<String> elements(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(RequestHead::trim)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** Whether the client lets the connection be used again. */
    boolean keepsConnection() {
        return version.equals("1.1") && !lists("connection", "close");
    }

    /** Whether the client waits for 100 Continue before it sends the body. */
    boolean expectsContinue() {
        return version.equals("1.1") && length != 0 && lists("expect", "100-continue");
    }
}
