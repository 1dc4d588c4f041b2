package io.asgi4j.tck.run;

import io.asgi4j.tck.wire.PerMessageDeflate;
import io.asgi4j.tck.wire.ResponseReader;
import io.asgi4j.tck.wire.WebSocketClient;
import io.asgi4j.tck.wire.WebSocketHandshake;
import io.asgi4j.tck.wire.WireClient;
import io.asgi4j.tck.wire.http2.Http2Client;
import org.jspecify.annotations.Nullable;

/** A connection of a scenario's client, with what is half read on it. Owned by the thread that runs the scenario. */
final class Connection implements AutoCloseable {
    private final WireClient wire;
    private @Nullable ResponseReader reader;
    private @Nullable WebSocketHandshake handshake;
    private @Nullable WebSocketClient webSocket;
    private @Nullable PerMessageDeflate deflate;
    private @Nullable Http2Client http2;

    Connection(WireClient wire) {
        this.wire = wire;
    }

    WireClient wire() {
        return wire;
    }

    /** The reader of a response of which a part was read already, or of the next one. */
    ResponseReader reader(String method) {
        if (reader == null) {
            reader = wire.beginResponse(method);
        }
        return reader;
    }

    /** The response was read to its end. */
    void responseEnded() {
        reader = null;
    }

    /** The connection as one of HTTP/2, which it is from the first call on. */
    Http2Client http2() {
        if (http2 == null) {
            http2 = Http2Client.begin(wire);
        }
        return http2;
    }

    @Nullable
    WebSocketHandshake handshake() {
        return handshake;
    }

    void began(WebSocketHandshake sent) {
        handshake = sent;
    }

    /** The WebSocket, once it is open. */
    @Nullable
    WebSocketClient webSocket() {
        return webSocket;
    }

    /** The connection has become a WebSocket. */
    void opened(@Nullable PerMessageDeflate agreed) {
        deflate = agreed;
        webSocket = new WebSocketClient(wire, agreed);
    }

    @Override
    public void close() {
        wire.close();
        if (deflate != null) {
            deflate.close();
        }
    }
}
