package io.asgi4j.server.netty.websocket;

import java.nio.ByteBuffer;

/** Told what happens on a WebSocket, always on its event loop; must not block. */
public interface WebSocketListener {
    /** A whole text message arrived. */
    void onText(String text);

    /** A whole binary message arrived; the buffer is the listener's to keep. */
    void onBinary(ByteBuffer bytes);

    /** The peer took output: {@link WebSocketConnection#isWritable()} has become true. */
    void onWritable();

    /**
     * No message comes or goes any more; called exactly once and last. Code and reason are those of the Close frame that
     * began the closing, whoever sent it: 1005 if it had no code, 1006 if the connection ended without one.
     */
    void onClosed(int code, String reason);
}
