package io.asgi4j.server.netty.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.server.netty.websocket.ClientFrames;
import io.asgi4j.server.netty.websocket.ServerFrame;
import java.io.IOException;
import java.io.InputStream;

/** A WebSocket client on a literal socket: it sends any frame at any moment, right or wrong, and answers nothing itself. */
public final class WebSocketClient implements AutoCloseable {
    /** The key of RFC 6455 section 1.3, and what answers it. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int PONG = 0xA;

    private final WireClient wire;
    private final InputStream in = new InputStream() {
        @Override
        public int read() throws IOException {
            return wire.readByte();
        }
    };

    /** Speaks over a connection, which it closes in the end. */
    public WebSocketClient(WireClient wire) {
        this.wire = wire;
    }

    /** The handshake for a path, with more fields. */
    public static String request(String path, String... fields) {
        var more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return """
            GET %s HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: %s\r
            Sec-WebSocket-Version: 13\r
            %s\r
            """.formatted(path, KEY, more);
    }

    /** Asks for a WebSocket, and does not wait for the answer. */
    public WebSocketClient ask(String... fields) throws IOException {
        wire.send(request("/", fields));
        return this;
    }

    /** Asks for a WebSocket and gets it; returns the answer. */
    public Reply open(String... fields) throws IOException {
        ask(fields);
        return opened();
    }

    /** Reads the answer that opens the WebSocket. */
    public Reply opened() throws IOException {
        var reply = wire.read();
        assertEquals(101, reply.status(), reply::toString);
        return reply;
    }

    /** Returns the connection below. */
    public WireClient wire() {
        return wire;
    }

    public WebSocketClient text(String text) throws IOException {
        return send(ClientFrames.text(text));
    }

    /** Sends one text message in so many frames. */
    public WebSocketClient fragments(String... parts) throws IOException {
        for (var i = 0; i < parts.length; i++) {
            var last = i == parts.length - 1 ? ClientFrames.FIN : 0;
            send(ClientFrames.frame(last | (i == 0 ? TEXT : CONTINUATION), ClientFrames.utf8(parts[i])));
        }
        return this;
    }

    public WebSocketClient binary(byte[] bytes) throws IOException {
        return send(ClientFrames.binary(bytes));
    }

    public WebSocketClient ping(String payload) throws IOException {
        return send(ClientFrames.ping(payload));
    }

    public WebSocketClient pong(String payload) throws IOException {
        return send(ClientFrames.frame(ClientFrames.FIN | PONG, ClientFrames.utf8(payload)));
    }

    /** Sends a Close frame without a code. */
    public WebSocketClient closeWithoutCode() throws IOException {
        return send(ClientFrames.close());
    }

    public WebSocketClient close(int code, String reason) throws IOException {
        return send(ClientFrames.close(code, reason));
    }

    /** Sends any bytes. */
    public WebSocketClient send(byte[] bytes) throws IOException {
        wire.send(bytes);
        return this;
    }

    /** Reads the next frame. */
    public ServerFrame frame() throws IOException {
        return ServerFrame.read(in);
    }

    /** Asserts that the next frame is this one, in words such as {@code text hello} or {@code close 1000 bye}. */
    public WebSocketClient expect(String frame) throws IOException {
        assertEquals(frame, frame().toString());
        return this;
    }

    /** Answers a Close frame that the server sent, and asserts that it closes the connection after it. */
    public void endAfter(int code) throws IOException {
        close(code, "");
        wire.assertCloses();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
