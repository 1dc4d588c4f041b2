package io.asgi4j.tck.wire;

/** How a client finds the end of a response's body (RFC 9112, 6.3). */
public enum Framing {
    /** There is no body, whatever the fields say: an answer to HEAD, or status 1xx, 204 or 304. */
    NONE,
    CONTENT_LENGTH,
    CHUNKED,
    /** The body ends with the connection. */
    UNTIL_CLOSE
}
