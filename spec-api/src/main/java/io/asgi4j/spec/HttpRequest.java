package io.asgi4j.spec;

import java.nio.ByteBuffer;

/**
 * A part of the body of a request.
 *
 * <p>The body comes in one or more of these, as its bytes arrive and decoded from the transfer coding, not from any
 * content coding; where it is cut has no meaning. A request without a body yields one event with an empty body. If the
 * client goes before the end, {@link HttpDisconnect} follows and no event with {@code moreBody == false}: a truncated
 * body cannot be taken for a whole one.
 *
 * <p>Rules: {@code http.request.body-events}, {@code http.request.no-body}, {@code http.request.streamed},
 * {@code http.request.dechunked}, {@code http.request.content-coding-kept}, {@code http.request.truncated-never-ends},
 * {@code http.request.expect-continue}.
 *
 * @param body the bytes, perhaps none
 * @param moreBody whether more of the body follows
 */
public record HttpRequest(ByteBuffer body, boolean moreBody) implements InboundEvent {

    private static final HttpRequest END = new HttpRequest(ByteBuffer.allocate(0), false);

    /** Takes the remaining bytes of the buffer without copying them; they must not be changed any more. */
    public HttpRequest {
        body = Bytes.readOnly(body);
    }

    /**
     * Returns the end of a body: no bytes, and no more of them.
     *
     * @return the same event on every call
     */
    public static HttpRequest end() {
        return END;
    }

    @Override
    public String type() {
        return "http.request";
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
        return "HttpRequest[body=" + Bytes.describe(body) + ", moreBody=" + moreBody + "]";
    }
}
