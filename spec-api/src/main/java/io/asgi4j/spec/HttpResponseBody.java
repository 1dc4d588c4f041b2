package io.asgi4j.spec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A part of the body of a response.
 *
 * <p>Sent one or more times after {@link HttpResponseStart}, and written without waiting for the next one; the one with
 * {@code moreBody == false} completes the response, unless trailers were announced. In a response that has no body on
 * the wire (to {@code HEAD}, or with status 204 or 304) the bytes are counted and dropped.
 *
 * <p>Rules: {@code http.response.body-concatenated}, {@code http.response.streamed},
 * {@code http.response.empty-body-event}, {@code http.response.completed}, {@code http.response.bodiless},
 * {@code http.response.bodiless-bytes-counted}.
 *
 * @param body the bytes, perhaps none
 * @param moreBody whether more of the body follows
 */
public record HttpResponseBody(ByteBuffer body, boolean moreBody) implements OutboundEvent {

    private static final HttpResponseBody END = last(new byte[0]);

    /** Takes the remaining bytes of the buffer without copying them; they must not be changed any more. */
    public HttpResponseBody {
        body = Bytes.readOnly(body);
    }

    /**
     * Returns the last or only part of a body.
     *
     * @param text the part, to be encoded as UTF-8
     * @return an event with {@code moreBody == false}
     */
    public static HttpResponseBody last(String text) {
        return last(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the last or only part of a body.
     *
     * @param bytes the part; must not be changed any more
     * @return an event with {@code moreBody == false}
     */
    public static HttpResponseBody last(byte[] bytes) {
        return last(ByteBuffer.wrap(bytes));
    }

    /**
     * Returns the last or only part of a body.
     *
     * @param bytes the part; must not be changed any more
     * @return an event with {@code moreBody == false}
     */
    public static HttpResponseBody last(ByteBuffer bytes) {
        return new HttpResponseBody(bytes, false);
    }

    /**
     * Returns a part of a body that others follow.
     *
     * @param text the part, to be encoded as UTF-8
     * @return an event with {@code moreBody == true}
     */
    public static HttpResponseBody more(String text) {
        return more(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a part of a body that others follow.
     *
     * @param bytes the part; must not be changed any more
     * @return an event with {@code moreBody == true}
     */
    public static HttpResponseBody more(byte[] bytes) {
        return more(ByteBuffer.wrap(bytes));
    }

    /**
     * Returns a part of a body that others follow.
     *
     * @param bytes the part; must not be changed any more
     * @return an event with {@code moreBody == true}
     */
    public static HttpResponseBody more(ByteBuffer bytes) {
        return new HttpResponseBody(bytes, true);
    }

    /**
     * Returns the end of a body: no bytes, and no more of them.
     *
     * @return the same event on every call
     */
    public static HttpResponseBody end() {
        return END;
    }

    @Override
    public String type() {
        return "http.response.body";
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
        return "HttpResponseBody[body=" + Bytes.describe(body) + ", moreBody=" + moreBody + "]";
    }
}
