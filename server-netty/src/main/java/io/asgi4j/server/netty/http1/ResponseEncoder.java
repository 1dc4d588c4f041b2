package io.asgi4j.server.netty.http1;

import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes status lines, fields and chunk framing as bytes. Owned by one event loop, whose connections share it for the
 * sake of the date, which is made once per second.
 */
final class ResponseEncoder {
    private static final byte[] CRLF = ascii("\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n");
    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("connection: keep-alive\r\n");
    private static final byte[] SERVER = ascii("server: asgi4j\r\n");
    private static final byte[] PLAIN_TEXT = ascii("content-type: text/plain; charset=utf-8\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
    private static final byte[][] STATUS_LINES = new byte[1000][];
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static {
        for (var code = 100; code < STATUS_LINES.length; code++) {
            var reason = HttpResponseStatus.valueOf(code).reasonPhrase();
            var known = !reason.contains("(");
            STATUS_LINES[code] = ascii("HTTP/1.1 " + code + " " + (known ? reason : "") + "\r\n");
        }
    }

    private final boolean dateField;
    private final boolean serverField;
    private long dateSecond;
    private byte[] date = CRLF;

    ResponseEncoder(boolean dateField, boolean serverField) {
        this.dateField = dateField;
        this.serverField = serverField;
    }

    void status(ByteBuf out, int status) {
        out.writeBytes(STATUS_LINES[status]);
    }

    void field(ByteBuf out, Header field) {
        latin1(out, field.name());
        out.writeByte(':').writeByte(' ');
        latin1(out, field.value());
        out.writeBytes(CRLF);
    }

    void contentLength(ByteBuf out, long length) {
        out.writeBytes(CONTENT_LENGTH);
        out.writeBytes(ascii(Long.toString(length)));
        out.writeBytes(CRLF);
    }

    void plainText(ByteBuf out) {
        out.writeBytes(PLAIN_TEXT);
    }

    void chunked(ByteBuf out) {
        out.writeBytes(CHUNKED);
    }

    void close(ByteBuf out) {
        out.writeBytes(CLOSE);
    }

    void keepAlive(ByteBuf out) {
        out.writeBytes(KEEP_ALIVE);
    }

    /** Adds the fields that are the server's own, unless the application gave them. */
    void own(ByteBuf out, boolean dateGiven, boolean serverGiven) {
        if (dateField && !dateGiven) {
            out.writeBytes(currentDate());
        }
        if (serverField && !serverGiven) {
            out.writeBytes(SERVER);
        }
    }

    void end(ByteBuf out) {
        out.writeBytes(CRLF);
    }

    void continued(ByteBuf out) {
        out.writeBytes(CONTINUE);
    }

    void chunkStart(ByteBuf out, long size) {
        out.writeBytes(ascii(Long.toHexString(size)));
        out.writeBytes(CRLF);
    }

    void chunkEnd(ByteBuf out) {
        out.writeBytes(CRLF);
    }

    void lastChunk(ByteBuf out, Headers trailers) {
        out.writeBytes(LAST_CHUNK);
        for (var field : trailers) {
            field(out, field);
        }
        out.writeBytes(CRLF);
    }

    private byte[] currentDate() {
        var second = System.currentTimeMillis() / 1000;
        if (second != dateSecond) {
            dateSecond = second;
            date = ascii("date: " + IMF_FIXDATE.format(Instant.ofEpochSecond(second)) + "\r\n");
        }
        return date;
    }

    private static void latin1(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
