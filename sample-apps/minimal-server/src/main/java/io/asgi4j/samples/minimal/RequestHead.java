package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the head of a request and takes it apart: what could be read in two ways is refused. */
final class RequestHead {
    static final long CHUNKED = -1;
    static final Predicate<String> IS_LENGTH = Pattern.compile("\\d{1,18}").asMatchPredicate();

    private static final Predicate<String> IS_HOST = Pattern.compile(
                    "(\\[[\\p{Alnum}:.]+]|[\\w.~!$&'()*+,;=%-]*)(:\\d{0,5})?")
            .asMatchPredicate();
    private static final Pattern LINE = Pattern.compile("(?<method>[\\w!#$%&'*+.^`|~-]+) "
            + "((?i:https?)://(?<host>[^/? ]+))?(?<path>/[!-~&&[^?#]]*|\\*)?([?](?<query>[!-~&&[^#]]*))? "
            + "HTTP/1[.](?<minor>\\d)");

    private RequestHead() {}

    /** Returns what it says, in a scope that knows nothing of the server yet. */
    static HttpScope read(HttpConnection connection) throws IOException {
        var text = connection.readLine(414);
        while (text.isEmpty()) { // in front of a request they are tolerated (RFC 9112, 2.2)
            text = connection.readLine(414);
        }
        var line = LINE.matcher(text);
        Refusal.unless(line.matches(), 400, "malformed request line");
        var method = line.group("method").toUpperCase(Locale.ROOT);
        var version = line.group("minor").equals("0") ? "1.0" : "1.1";
        var host = line.group("host");
        var path = Objects.requireNonNullElse(line.group("path"), host == null ? "" : "/");
        var isAsterisk = path.equals("*") && method.equals("OPTIONS") && host == null;
        Refusal.unless((path.startsWith("/") || isAsterisk) && !method.equals("CONNECT"), 400, "malformed target");

        var headers = readFields(connection);
        var hosts = headers.all("host");
        Refusal.unless(hosts.size() == 1 || (hosts.isEmpty() && version.equals("1.0")), 400, "there must be one host");
        if (host != null) { // stands for the one that the client gave (RFC 9112, 3.2.2)
            headers = headers.replace("host", host);
        }
        Refusal.unless(headers.all("host").stream().allMatch(IS_HOST), 400, "malformed host");
        return HttpScope.builder()
                .httpVersion(version)
                .method(method)
                .path(decode(path))
                .rawPath(path)
                .queryString(Objects.requireNonNullElse(line.group("query"), ""))
                .headers(headers)
                .client(connection.client)
                .server(connection.local)
                .build();
    }

    /** Reads header fields, or trailers, and the empty line behind them. */
    static Headers readFields(HttpConnection connection) throws IOException {
        var fields = Headers.builder();
        var size = 0;
        for (var line = connection.readLine(431); !line.isEmpty(); line = connection.readLine(431)) {
            size += line.length() + 32; // so their number is limited too
            Refusal.unless(size <= connection.server.limit(Limit.HEAD_BYTES), 431, "the head is too large");
            var colon = line.indexOf(':');
            Refusal.unless(colon > 0, 400, "a header field has no name");
            try {
                fields.add(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            } catch (IllegalArgumentException malformed) { // spec-api knows what a field may hold
                throw new Refusal(400, "malformed header field");
            }
        }
        return fields.build();
    }

    private static String decode(String path) throws Refusal {
        var bytes = ByteBuffer.allocate(path.length());
        try {
            for (var i = 0; i < path.length(); i++) {
                var isEscape = path.charAt(i) == '%';
                bytes.put((byte) (isEscape ? HexFormat.fromHexDigits(path, i + 1, i + 3) : path.charAt(i)));
                i += isEscape ? 2 : 0;
            }
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException malformed) {
            throw new Refusal(400, "the path is not percent-encoded UTF-8");
        }
    }

    /** The length of the body in bytes, or {@link #CHUNKED} (RFC 9112, 6.3). */
    static long bodyLength(HttpScope head) throws Refusal {
        var codings = head.headers().all("transfer-encoding");
        var lengths = head.headers().all("content-length");
        if (codings.isEmpty()) {
            var isSound = lengths.size() <= 1 && lengths.stream().allMatch(IS_LENGTH);
            Refusal.unless(isSound, 400, "malformed length");
            return lengths.isEmpty() ? 0 : Long.parseLong(lengths.getFirst());
        }
        Refusal.unless(isHttp11(head) && lengths.isEmpty(), 400, "the framing of the body is ambiguous");
        var isChunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
        Refusal.unless(isChunked, 501, "unknown transfer coding");
        return CHUNKED;
    }

    static boolean isHttp11(HttpScope head) {
        return head.httpVersion().equals("1.1");
    }

    static boolean asksForWebSocket(HttpScope head) {
        return isHttp11(head)
                && lists(head.headers(), "upgrade", "websocket")
                && lists(head.headers(), "connection", "upgrade");
    }

    /** The elements of all fields of a name whose value is a list. */
    static List<String> elements(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    static boolean lists(Headers headers, String name, String element) {
        return elements(headers, name).stream().anyMatch(element::equalsIgnoreCase);
    }
}
