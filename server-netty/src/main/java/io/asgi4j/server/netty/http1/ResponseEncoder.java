package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.http.DateText;
import io.asgi4j.server.netty.loop.TurnClock;
import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes status lines, fields and chunk framing as bytes.
 *
 * <p>Owned by one event loop, whose connections share it: for the date, which is made once per second, and for the array
 * in which a head is put together before it is moved to a buffer at once. Many small writes into a direct buffer would
 * each cost a view of it.
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

    static {
        for (var code = 100; code < STATUS_LINES.length; code++) {
            var reason = HttpResponseStatus.valueOf(code).reasonPhrase();
            var known = !reason.contains("(");
            STATUS_LINES[code] = ascii("HTTP/1.1 " + code + " " + (known ? reason : "") + "\r\n");
        }
    }

    private final DateText dates;
    private final boolean dateField;
    private final boolean serverField;
    private String dateText = "";
    private byte[] date = CRLF;
    private byte[] pending = new byte[512];
    private int length;

    ResponseEncoder(TurnClock clock, boolean dateField, boolean serverField) {
        this.dates = new DateText(clock);
        this.dateField = dateField;
        this.serverField = serverField;
    }

    // ---- a head, from its status to its end

    void status(int status) {
        // A head that an exception cut off must not come before this one.
        length = 0;
        bytes(STATUS_LINES[status]);
    }

    void field(Header field) {
        latin1(field.name());
        latin1(": ");
        latin1(field.value());
        bytes(CRLF);
    }

    void contentLength(long bytes) {
        bytes(CONTENT_LENGTH);
        latin1(Long.toString(bytes));
        bytes(CRLF);
    }

    void plainText() {
        bytes(PLAIN_TEXT);
    }

    void chunked() {
        bytes(CHUNKED);
    }

    void close() {
        bytes(CLOSE);
    }

    void keepAlive() {
        bytes(KEEP_ALIVE);
    }

    /** Adds the fields that are the server's own, unless the application gave them. */
    void own(boolean dateGiven, boolean serverGiven) {
        if (dateField && !dateGiven) {
            bytes(currentDate());
        }
        if (serverField && !serverGiven) {
            bytes(SERVER);
        }
    }

    /** Ends the head and moves it to a buffer. */
    void end(ByteBuf out) {
        bytes(CRLF);
        moveTo(out);
    }

    // ---- what stands alone

    void continued(ByteBuf out) {
        out.writeBytes(CONTINUE);
    }

    void chunkStart(ByteBuf out, long size) {
        latin1(Long.toHexString(size));
        bytes(CRLF);
        moveTo(out);
    }

    void chunkEnd(ByteBuf out) {
        out.writeBytes(CRLF);
    }

    void lastChunk(ByteBuf out, Headers trailers) {
        bytes(LAST_CHUNK);
        for (var field : trailers) {
            field(field);
        }
        end(out);
    }

    private byte[] currentDate() {
        var now = dates.now();
        if (!now.equals(dateText)) {
            dateText = now;
            date = ascii("date: " + now + "\r\n");
        }
        return date;
    }

    private void bytes(byte[] more) {
        ensureRoom(more.length);
        System.arraycopy(more, 0, pending, length, more.length);
        length += more.length;
    }

    private void latin1(String text) {
        var count = text.length();
        ensureRoom(count);
        for (var i = 0; i < count; i++) {
            pending[length + i] = (byte) text.charAt(i);
        }
        length += count;
    }

    private void ensureRoom(int more) {
        if (pending.length - length < more) {
            pending = Arrays.copyOf(pending, Math.max(2 * pending.length, length + more));
        }
    }

    private void moveTo(ByteBuf out) {
        out.writeBytes(pending, 0, length);
        length = 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
