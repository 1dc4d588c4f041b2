package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Encodes what goes to an HTTP client; pure functions.
 *
 * <p>Keeps: {@code http.response.status}, {@code http.response.date}, {@code http.response.server},
 * {@code http.response.fields-not-doubled}, {@code core.headers.response-order-kept}.
 */
final class Response {
    static final ByteBuffer CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n").asReadOnlyBuffer();
    static final ByteBuffer LAST_CHUNK = ascii("0\r\n\r\n").asReadOnlyBuffer();
    static final ByteBuffer LINE_END = ascii("\r\n").asReadOnlyBuffer();

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private Response() {}

    /** A head, with the fields that every response has added where they are missing. */
    static ByteBuffer head(int status, Headers headers) {
        var text = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason(status))
                .append("\r\n");
        for (var field : headers) {
            append(text, field.name(), field.value());
        }
        if (!headers.contains("date")) {
            append(text, "date", DATE.format(Instant.now().atOffset(ZoneOffset.UTC)));
        }
        if (!headers.contains("server")) {
            append(text, "server", "asgi4j-minimal");
        }
        return ascii(text.append("\r\n").toString());
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    /** A whole response by the server itself, after which it closes the connection. */
    static ByteBuffer refusal(Refusal refusal, boolean bodiless) {
        var text = refusal.getMessage() + "\n";
        var fields = Headers.builder();
        fields.add("content-type", "text/plain");
        fields.add("content-length", String.valueOf(text.length()));
        for (Header field : refusal.headers()) {
            fields.add(field);
        }
        if (!refusal.headers().contains("connection")) {
            fields.add("connection", "close");
        }
        var head = head(refusal.status(), fields.build());
        return bodiless
                ? head
                : ByteBuffer.allocate(head.remaining() + text.length())
                        .put(head)
                        .put(ascii(text))
                        .flip();
    }

    static ByteBuffer chunkSize(int bytes) {
        return ascii(Integer.toHexString(bytes) + "\r\n");
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String reason(int status) {
        return switch (status) {
            case 101 -> "Switching Protocols";
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 426 -> "Upgrade Required";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "";
        };
    }
}
