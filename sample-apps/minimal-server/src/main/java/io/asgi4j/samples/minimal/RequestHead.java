package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, taken apart and checked: what could be read in two ways is refused.
 *
 * @param path the path, percent-decoded once and read as UTF-8
 * @param rawPath the path as it came
 * @param query what follows the first question mark, as it came
 * @param length the length of the body in bytes, or -1 if it is chunked
 */
record RequestHead(
        String version, String method, String path, String rawPath, String query, Headers headers, long length) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private static final String BLANKS = " \t";
    private static final Pattern LINE = Pattern.compile("([\\w!#$%&'*+.^`|~-]+) ([!-~&&[^#]]+) HTTP/(\\d)\\.(\\d)");
    private static final Pattern TARGET =
            Pattern.compile("((?i:https?)://(?<host>[^/?]+))?(?<path>/[^?]*|\\*)?(\\?(?<query>.*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[\\p{Alnum}:.]+]|[\\w.~!$&'()*+,;=%-]*)(:\\d{0,5})?");

    static RequestHead read(Wire wire) throws IOException {
        var text = wire.readLine(414);
        while (text.isEmpty()) { // in front of a request they are tolerated (RFC 9112, 2.2)
            text = wire.readLine(414);
        }
        var line = LINE.matcher(text);
        require(line.matches(), 400, "Malformed request line");
        require(line.group(3).equals("1"), 505, "Only HTTP/1 is spoken here");
        var method = line.group(1).toUpperCase(Locale.ROOT);
        var version = line.group(4).equals("0") ? "1.0" : "1.1";
        var headers = readFields(wire);
        var hosts = headers.all("host");
        require(hosts.size() == 1 || (hosts.isEmpty() && version.equals("1.0")), 400, "There must be one host");
        require(hosts.stream().allMatch(RequestHead::isHost), 400, "Malformed host");
        require(!method.equals("CONNECT"), 501, "This server is no proxy");

        var target = TARGET.matcher(line.group(2));
        require(target.matches(), 400, "The target is neither a path nor an http URI");
        var host = target.group("host");
        var rawPath = Objects.requireNonNullElse(target.group("path"), host == null ? "" : "/");
        var isAsterisk = rawPath.equals("*") && method.equals("OPTIONS") && host == null;
        require(rawPath.startsWith("/") || isAsterisk, 400, "The target is no path");
        require(host == null || isHost(host), 400, "Malformed authority");
        var query = Objects.requireNonNullElse(target.group("query"), "");
        var length = length(version, headers);
        return new RequestHead(version, method, decode(rawPath), rawPath, query, withHost(headers, host), length);
    }

    private static void require(boolean condition, int status, String reason) throws Refusal {
        if (!condition) {
            throw new Refusal(status, reason);
        }
    }

    private static boolean isHost(String host) {
        return HOST.matcher(host).matches();
    }

    /** Reads header fields, or trailers, and the empty line behind them. */
    static Headers readFields(Wire wire) throws IOException {
        var fields = Headers.builder();
        var size = 0;
        var count = 0;
        for (var line = wire.readLine(431); !line.isEmpty(); line = wire.readLine(431)) {
            size += line.length();
            count++;
            require(count <= wire.limit(Limit.HEAD_FIELDS), 431, "Too many header fields");
            require(size <= wire.limit(Limit.HEAD_BYTES), 431, "The head is too large");
            var colon = line.indexOf(':');
            require(colon > 0, 400, "A header field has no name");
            try {
                fields.add(line.substring(0, colon).toLowerCase(Locale.ROOT), trim(line.substring(colon + 1)));
            } catch (IllegalArgumentException malformed) { // spec-api knows what a field may hold
                throw new Refusal(400, "Malformed header field");
            }
        }
        return fields.build();
    }

    /** Takes away the white space of RFC 9110, which is less than that of Java. */
    private static String trim(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && BLANKS.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (start < end && BLANKS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Lets the host of an absolute target stand for the one that the client gave (RFC 9112, 3.2.2). */
    private static Headers withHost(Headers headers, @Nullable String host) {
        if (host == null) {
            return headers;
        }
        return headers.contains("host")
                ? headers.replace("host", host)
                : Headers.builder().add("host", host).addAll(headers).build();
    }

    private static String decode(String rawPath) throws Refusal {
        var bytes = ByteBuffer.allocate(rawPath.length());
        try {
            for (var i = 0; i < rawPath.length(); i++) {
                var isEscape = rawPath.charAt(i) == '%';
                bytes.put((byte) (isEscape ? HexFormat.fromHexDigits(rawPath, i + 1, i + 3) : rawPath.charAt(i)));
                i += isEscape ? 2 : 0;
            }
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException malformed) {
            throw new Refusal(400, "The path is not percent-encoded UTF-8");
        }
    }

    /** The length of the body (RFC 9112, 6.3). */
    private static long length(String version, Headers headers) throws Refusal {
        var codings = headers.all("transfer-encoding");
        var lengths = headers.all("content-length");
        if (codings.isEmpty()) {
            require(lengths.size() <= 1 && lengths.stream().allMatch(RequestHead::isNumber), 400, "Malformed length");
            return lengths.isEmpty() ? 0 : Long.parseLong(lengths.getFirst());
        }
        require(version.equals("1.1") && lengths.isEmpty(), 400, "The framing of the body is ambiguous");
        require(codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"), 501, "Unknown transfer coding");
        return -1;
    }

    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** The elements of all fields of a name whose value is a list. */
    static List<String> elements(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(RequestHead::trim)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    static boolean contains(Headers headers, String name, String element) {
        return elements(headers, name).stream().anyMatch(element::equalsIgnoreCase);
    }

    boolean isChunked() {
        return length < 0;
    }

    boolean isHttp11() {
        return version.equals("1.1");
    }

    boolean asksForWebSocket() {
        return isHttp11() && contains(headers, "upgrade", "websocket") && contains(headers, "connection", "upgrade");
    }

    /** Whether the client waits for 100 Continue before it sends the body. */
    boolean expectsContinue() {
        return isHttp11() && length != 0 && contains(headers, "expect", "100-continue");
    }
}
