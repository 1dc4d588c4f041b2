package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.exchange.ResponseHead;
import io.asgi4j.server.netty.http.DateText;
import io.asgi4j.server.netty.http.Violation;
import io.asgi4j.server.netty.loop.TurnClock;
import io.asgi4j.spec.Headers;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;

/** Makes the header sections of responses. Owned by an event loop. */
final class ResponseFields {
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final AsciiString PLAIN_TEXT = AsciiString.cached("text/plain; charset=utf-8");
    private static final AsciiString DATE = AsciiString.cached("date");
    private static final AsciiString SERVER = AsciiString.cached("server");
    private static final AsciiString ASGI4J = AsciiString.cached("asgi4j");
    private static final int NO_CONTENT = 204;

    private final DateText dates;
    private final boolean dateField;
    private final boolean serverField;
    private String dateText = "";
    private AsciiString date = AsciiString.EMPTY_STRING;

    ResponseFields(TurnClock clock, boolean dateField, boolean serverField) {
        this.dates = new DateText(clock);
        this.dateField = dateField;
        this.serverField = serverField;
    }

    /** Returns the header section of a final response. What frames a message of HTTP/1 has no place in it (RFC 9113 8.2.2). */
    Http2Headers of(ResponseHead head) {
        var fields = new ArrayList<AsciiString>(2 * head.headers().size() + 6);
        var dateGiven = false;
        var serverGiven = false;
        for (var field : head.headers()) {
            switch (field.name()) {
                case "connection",
                        "transfer-encoding",
                        "content-length",
                        "keep-alive",
                        "proxy-connection",
                        "upgrade" -> {}
                case "date" -> {
                    dateGiven = true;
                    add(fields, field.name(), field.value());
                }
                case "server" -> {
                    serverGiven = true;
                    add(fields, field.name(), field.value());
                }
                default -> add(fields, field.name(), field.value());
            }
        }
        // RFC 9110 8.6: a 204 has no Content-Length.
        if (head.contentLength() != ResponseHead.UNDECLARED && !(head.bodiless() && head.status() == NO_CONTENT)) {
            fields.add(CONTENT_LENGTH);
            fields.add(new AsciiString(Long.toString(head.contentLength())));
        }
        addOwn(fields, dateGiven, serverGiven);
        return section(head.status(), fields);
    }

    /** Returns the header section that answers a request which the application never sees. */
    Http2Headers of(Violation violation, int contentLength) {
        var fields = new ArrayList<AsciiString>();
        fields.add(CONTENT_TYPE);
        fields.add(PLAIN_TEXT);
        fields.add(CONTENT_LENGTH);
        fields.add(new AsciiString(Integer.toString(contentLength)));
        for (var field : violation.headers()) {
            if (!field.name().equals("connection") && !field.name().equals("upgrade")) {
                add(fields, field.name(), field.value());
            }
        }
        addOwn(fields, false, false);
        return section(violation.status(), fields);
    }

    /** Returns the header section that opens a WebSocket. */
    Http2Headers accepted(int status, Headers headers) {
        var fields = list(headers);
        addOwn(fields, headers.contains("date"), headers.contains("server"));
        return section(status, fields);
    }

    /** Returns the header section of a response that has just these fields. */
    static Http2Headers of(int status, Headers headers) {
        return section(status, list(headers));
    }

    static Http2Headers trailers(Headers headers) {
        return ReadOnlyHttp2Headers.trailers(false, list(headers).toArray(AsciiString[]::new));
    }

    private void addOwn(List<AsciiString> fields, boolean dateGiven, boolean serverGiven) {
        if (dateField && !dateGiven) {
            fields.add(DATE);
            fields.add(currentDate());
        }
        if (serverField && !serverGiven) {
            fields.add(SERVER);
            fields.add(ASGI4J);
        }
    }

    private AsciiString currentDate() {
        var now = dates.now();
        if (!now.equals(dateText)) {
            dateText = now;
            date = new AsciiString(now);
        }
        return date;
    }

    private static List<AsciiString> list(Headers headers) {
        var fields = new ArrayList<AsciiString>(2 * headers.size());
        for (var field : headers) {
            add(fields, field.name(), field.value());
        }
        return fields;
    }

    private static Http2Headers section(int status, List<AsciiString> fields) {
        return ReadOnlyHttp2Headers.serverHeaders(
                false, HttpResponseStatus.valueOf(status).codeAsText(), fields.toArray(AsciiString[]::new));
    }

    private static void add(List<AsciiString> fields, String name, String value) {
        fields.add(new AsciiString(name));
        fields.add(new AsciiString(value));
    }
}
