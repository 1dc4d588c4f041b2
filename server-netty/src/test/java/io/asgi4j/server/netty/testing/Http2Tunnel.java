package io.asgi4j.server.netty.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.spec.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of a WebSocket on the first stream of an HTTP/2 connection (RFC 8441). */
public final class Http2Tunnel extends InputStream {
    private static final int STREAM = 1;
    private static final int MAX_FRAME = 16_384;
    private static final int PLENTY = 1 << 24;

    private final Http2Wire wire;
    private final Headers fields;
    /** What the server may be sent; more as it says so. */
    private int window = 65_535;

    private byte[] payload = new byte[0];
    private int at;
    private boolean ended;

    private Http2Tunnel(Http2Wire wire, Headers fields) {
        this.wire = wire;
        this.fields = fields;
    }

    /** Asks for a WebSocket with more fields, and gets it. */
    public static Http2Tunnel open(Http2Wire wire, String... more) throws IOException {
        ask(wire, more);
        var head = wire.await(Http2Wire.HEADERS, STREAM);
        assertEquals(200, Http2Wire.status(head));
        return new Http2Tunnel(wire, Http2Wire.fields(head));
    }

    /** Asks for a WebSocket, and does not wait for the answer. */
    public static void ask(Http2Wire wire, String... more) throws IOException {
        var request = Http2Wire.concat(
                Http2Wire.request("CONNECT", "/"), ":protocol", "websocket", "sec-websocket-version", "13");
        wire.headers(STREAM, false, Http2Wire.concat(request, more));
        wire.windowUpdate(0, PLENTY).windowUpdate(STREAM, PLENTY);
    }

    /** The fields of the answer that opened it. */
    public Headers fields() {
        return fields;
    }

    /** Sends bytes in as few frames as the server allows, waiting for its window to open. */
    public void send(byte[] bytes) throws IOException {
        for (var from = 0; from < bytes.length; from += MAX_FRAME) {
            var part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MAX_FRAME));
            while (window < part.length) {
                window += ByteBuffer.wrap(
                                wire.await(Http2Wire.WINDOW_UPDATE, STREAM).payload())
                        .getInt();
            }
            window -= part.length;
            wire.frame(Http2Wire.DATA, 0, STREAM, part);
        }
    }

    @Override
    public int read() throws IOException {
        while (at == payload.length) {
            if (ended) {
                return -1;
            }
            var frame = wire.await(Http2Wire.DATA, STREAM);
            payload = frame.payload();
            at = 0;
            ended = frame.has(Http2Wire.END_STREAM);
        }
        return payload[at++] & 0xFF;
    }
}
