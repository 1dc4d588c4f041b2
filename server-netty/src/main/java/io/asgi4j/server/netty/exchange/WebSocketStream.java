package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket on the wire, as an exchange sees it: a handshake that waits, and then messages.
 *
 * <p>A driver implements it. Every method is called on the connection's event loop and none blocks. The handshake is
 * either accepted, or answered through {@link #denial}; messages follow only after {@link #accept}.
 */
public interface WebSocketStream {

    /** Completes the handshake and opens the WebSocket. */
    void accept(@Nullable String subprotocol, Headers headers);

    /** Returns where an HTTP response goes that answers the handshake instead. */
    HttpStream denial();

    /** Writes a text message. */
    void text(String text);

    /** Writes a binary message. */
    void binary(ByteBuffer bytes);

    /** Begins to close: sends a Close frame, unless the client was faster. */
    void close(int code, String reason);

    /** The exchange, which had enough messages, takes more. */
    void resume();

    /** Sends what was written. */
    void flush();
}
