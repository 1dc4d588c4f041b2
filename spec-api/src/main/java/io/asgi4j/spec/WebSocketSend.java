package io.asgi4j.spec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A whole message to the client.
 *
 * <p>Sent after {@link WebSocketAccept} and before {@link WebSocketClose}. An empty message is a message. Exactly one
 * of the two components is there. An unpaired surrogate in the text has no UTF-8 form and is replaced.
 *
 * <p>Rules: {@code websocket.messages.one-of-two-sent}, {@code websocket.messages.kind-kept},
 * {@code websocket.messages.order}, {@code websocket.messages.empty}, {@code websocket.messages.text-encoded}.
 *
 * @param bytes the content of a binary message, or {@code null}
 * @param text the content of a text message, or {@code null}
 */
public record WebSocketSend(
        @Nullable ByteBuffer bytes, @Nullable String text) implements OutboundEvent {

    /**
     * Takes the remaining bytes of the buffer without copying them; they must not be changed any more.
     *
     * @throws IllegalArgumentException if both components are {@code null} or neither is
     */
    public WebSocketSend {
        Require.exactlyOne(bytes, text);
        bytes = bytes == null ? null : Bytes.readOnly(bytes);
    }

    /**
     * Returns a text message.
     *
     * @param text the content
     * @return the event
     */
    public static WebSocketSend text(String text) {
        return new WebSocketSend(null, text);
    }

    /**
     * Returns a binary message.
     *
     * @param bytes the content; must not be changed any more
     * @return the event
     */
    public static WebSocketSend bytes(ByteBuffer bytes) {
        return new WebSocketSend(bytes, null);
    }

    /**
     * Returns a binary message.
     *
     * @param bytes the content; must not be changed any more
     * @return the event
     */
    public static WebSocketSend bytes(byte[] bytes) {
        return bytes(ByteBuffer.wrap(bytes));
    }

    @Override
    public String type() {
        return "websocket.send";
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
        return "WebSocketSend[" + Bytes.describeMessage(bytes, text) + "]";
    }
}
