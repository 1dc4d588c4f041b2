package io.asgi4j.spec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A whole message from the client.
 *
 * <p>The server has put its fragments together, decompressed it, and checked that text is UTF-8. An empty message is a
 * message. Exactly one of the two components is there.
 *
 * <p>Rules: {@code websocket.messages.whole}, {@code websocket.messages.order}, {@code websocket.messages.one-of-two},
 * {@code websocket.messages.empty}, {@code websocket.messages.text-validated},
 * {@code websocket.handshake.answered-before-messages}.
 *
 * @param bytes the content of a binary message, or {@code null}
 * @param text the content of a text message, or {@code null}
 */
public record WebSocketReceive(
        @Nullable ByteBuffer bytes, @Nullable String text) implements InboundEvent {

    /**
     * Takes the remaining bytes of the buffer without copying them; they must not be changed any more.
     *
     * @throws IllegalArgumentException if both components are {@code null} or neither is
     */
    public WebSocketReceive {
        Require.exactlyOne(bytes, text);
        bytes = bytes == null ? null : Bytes.readOnly(bytes);
    }

    /**
     * Returns a text message.
     *
     * @param text the content
     * @return the event
     */
    public static WebSocketReceive text(String text) {
        return new WebSocketReceive(null, text);
    }

    /**
     * Returns a binary message.
     *
     * @param bytes the content; must not be changed any more
     * @return the event
     */
    public static WebSocketReceive bytes(ByteBuffer bytes) {
        return new WebSocketReceive(bytes, null);
    }

    /**
     * Returns a binary message.
     *
     * @param bytes the content; must not be changed any more
     * @return the event
     */
    public static WebSocketReceive bytes(byte[] bytes) {
        return bytes(ByteBuffer.wrap(bytes));
    }

    @Override
    public String type() {
        return "websocket.receive";
    }

    /**
     * Returns the content of a binary message.
     *
     * @return a read-only buffer of exactly these bytes, a new one on each call, so that to read it changes nothing;
     *     {@code null} for a text message
     */
    @Override
    public @Nullable ByteBuffer bytes() {
        return bytes == null ? null : bytes.duplicate();
    }

    @Override
    public String toString() {
        return "WebSocketReceive[" + Bytes.describeMessage(bytes, text) + "]";
    }
}
