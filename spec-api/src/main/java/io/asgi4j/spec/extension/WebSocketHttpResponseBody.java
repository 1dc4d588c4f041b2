package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;
import io.asgi4j.spec.ExtensionOutboundEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A part of the body of a response that denies a WebSocket.
 *
 * <p>Sent one or more times after {@link WebSocketHttpResponseStart}; the one with {@code moreBody == false} completes
 * the response.
 *
 * <p>Rules: {@code extension.denial.response}, {@code extension.denial.like-http}.
 *
 * @param body the bytes, perhaps none
 * @param moreBody whether more of the body follows
 */
public record WebSocketHttpResponseBody(ByteBuffer body, boolean moreBody) implements ExtensionOutboundEvent {

    private static final WebSocketHttpResponseBody END = last(new byte[0]);

    /** Takes the remaining bytes of the buffer without copying them; they must not be changed any more. */
    public WebSocketHttpResponseBody {
        body = body.slice().asReadOnlyBuffer();
    }

    /**
     * Returns the last or only part of a body.
     *
     * @param text the part, to be encoded as UTF-8
     * @return an event with {@code moreBody == false}
     */
    public static WebSocketHttpResponseBody last(String text) {
        return last(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the last or only part of a body.
     *
     * @param bytes the part; must not be changed any more
     * @return an event with {@code moreBody == false}
     */
    public static WebSocketHttpResponseBody last(byte[] bytes) {
        return last(ByteBuffer.wrap(bytes));
    }

    /**
     * Returns the last or only part of a body.
     *
     * @param bytes the part; must not be changed any more
     * @return an event with {@code moreBody == false}
     */
    public static WebSocketHttpResponseBody last(ByteBuffer bytes) {
        return new WebSocketHttpResponseBody(bytes, false);
    }

    /**
     * Returns a part of a body that others follow.
     *
     * @param text the part, to be encoded as UTF-8
     * @return an event with {@code moreBody == true}
     */
    public static WebSocketHttpResponseBody more(String text) {
        return more(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a part of a body that others follow.
     *
     * @param bytes the part; must not be changed any more
     * @return an event with {@code moreBody == true}
     */
    public static WebSocketHttpResponseBody more(byte[] bytes) {
        return more(ByteBuffer.wrap(bytes));
    }

    /**
     * Returns a part of a body that others follow.
     *
     * @param bytes the part; must not be changed any more
     * @return an event with {@code moreBody == true}
     */
    public static WebSocketHttpResponseBody more(ByteBuffer bytes) {
        return new WebSocketHttpResponseBody(bytes, true);
    }

    /**
     * Returns the end of a body: no bytes, and no more of them.
     *
     * @return the same event on every call
     */
    public static WebSocketHttpResponseBody end() {
        return END;
    }

    @Override
    public String type() {
        return "websocket.http.response.body";
    }

    @Override
    public Class<? extends Extension> extension() {
        return DenialResponse.class;
    }

    /**
     * Returns the bytes.
     *
     * @return a read-only buffer of exactly these bytes; a new one on each call, so that to read it changes nothing
     */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    @Override
    public String toString() {
        return "WebSocketHttpResponseBody[body=" + body.remaining() + " bytes" + ", moreBody=" + moreBody + "]";
    }
}
