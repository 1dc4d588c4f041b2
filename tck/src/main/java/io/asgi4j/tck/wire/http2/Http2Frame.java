package io.asgi4j.tck.wire.http2;

import io.asgi4j.tck.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;

/**
 * A frame of HTTP/2 with every bit of its header but the reserved one (RFC 9113, 4.1), legal or not.
 *
 * @param type 0 to 255
 * @param flags 0 to 255
 * @param stream its stream; 0 for the connection
 * @param payload its payload, padding included
 */
public record Http2Frame(int type, int flags, int stream, Octets payload) {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 0x1;
    /** On SETTINGS and PING. */
    public static final int ACK = 0x1;

    public static final int END_HEADERS = 0x4;
    public static final int PADDED = 0x8;
    public static final int PRIORITY = 0x20;

    static final int HEADER_SIZE = 9;

    private static final Map<Integer, String> NAMES = Map.of(
            DATA, "DATA",
            HEADERS, "HEADERS",
            RST_STREAM, "RST_STREAM",
            SETTINGS, "SETTINGS",
            PUSH_PROMISE, "PUSH_PROMISE",
            PING, "PING",
            GOAWAY, "GOAWAY",
            WINDOW_UPDATE, "WINDOW_UPDATE",
            CONTINUATION, "CONTINUATION");

    /** Checks that the header can be written. */
    public Http2Frame {
        if (type < 0 || type > 255 || flags < 0 || flags > 255 || stream < 0 || payload.size() >= 1 << 24) {
            throw new IllegalArgumentException(
                    "type %d, flags %d, stream %d, %d bytes".formatted(type, flags, stream, payload.size()));
        }
    }

    /** A DATA frame. */
    public static Http2Frame data(int stream, Octets payload, boolean isLast) {
        return new Http2Frame(DATA, isLast ? END_STREAM : 0, stream, payload);
    }

    /** A HEADERS frame with a whole field section, which {@link FieldSection#encode} makes. */
    public static Http2Frame headers(int stream, Octets section, boolean isLast) {
        return new Http2Frame(HEADERS, END_HEADERS | (isLast ? END_STREAM : 0), stream, section);
    }

    /** A WINDOW_UPDATE frame. */
    public static Http2Frame windowUpdate(int stream, int increment) {
        return new Http2Frame(WINDOW_UPDATE, 0, stream, number(increment));
    }

    /** Whether a flag is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The bytes on the wire. */
    public Octets encode() {
        var bytes = new ByteArrayOutputStream();
        bytes.write(payload.size() >> 16);
        bytes.write(payload.size() >> 8);
        bytes.write(payload.size());
        bytes.write(type);
        bytes.write(flags);
        bytes.writeBytes(number(stream).toByteArray());
        bytes.writeBytes(payload.toByteArray());
        return Octets.of(bytes.toByteArray());
    }

    /** The length of the payload that a frame's first bytes announce. */
    static int length(Octets header) {
        return header.at(0) << 16 | header.at(1) << 8 | header.at(2);
    }

    /** The frame of these first bytes and this payload. */
    static Http2Frame of(Octets header, Octets payload) {
        return new Http2Frame(header.at(3), header.at(4), number(header, 5) & Integer.MAX_VALUE, payload);
    }

    /** Four bytes at an index as a number. */
    static int number(Octets octets, int index) {
        return octets.at(index) << 24 | octets.at(index + 1) << 16 | octets.at(index + 2) << 8 | octets.at(index + 3);
    }

    private static Octets number(int number) {
        return Octets.of(
                new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }

    /** The payload without padding and priority; empty if they claim more than there is. */
    Octets content() {
        var isFields = type == HEADERS;
        var front = (has(PADDED) ? 1 : 0) + (isFields && has(PRIORITY) ? 5 : 0);
        var padding = has(PADDED) && !payload.isEmpty() ? payload.at(0) : 0;
        return front + padding > payload.size() ? Octets.EMPTY : payload.slice(front, payload.size() - padding);
    }

    /** The frame in words, without the content of field sections, which only their connection can read. */
    @Override
    public String toString() {
        var text = new StringBuilder(NAMES.getOrDefault(type, "frame of type " + type));
        text.append(stream == 0 ? "" : " on stream " + stream);
        switch (type) {
            case DATA -> text.append(": ").append(content());
            case RST_STREAM, WINDOW_UPDATE ->
                text.append(payload.size() == 4 ? ": " + Integer.toUnsignedString(number(payload, 0)) : "");
            case GOAWAY ->
                text.append(
                        payload.size() < 8
                                ? ""
                                : ": last stream %d, error %d".formatted(number(payload, 0), number(payload, 4)));
            case SETTINGS -> text.append(has(ACK) ? ", acknowledged" : settings());
            case PING -> text.append(has(ACK) ? ", answered" : "");
            default -> {}
        }
        return text.append(has(END_STREAM) && (type == DATA || type == HEADERS) ? ", ends the stream" : "")
                .toString();
    }

    private String settings() {
        var text = new StringBuilder();
        for (var at = 0; at + 6 <= payload.size(); at += 6) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s%d = %s",
                    at == 0 ? ": " : ", ",
                    payload.at(at) << 8 | payload.at(at + 1),
                    Integer.toUnsignedString(number(payload, at + 2))));
        }
        return text.toString();
    }
}
