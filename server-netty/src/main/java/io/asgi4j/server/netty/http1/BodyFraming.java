package io.asgi4j.server.netty.http1;

/** How the end of a request's body is told (RFC 9112 6). */
sealed interface BodyFraming {
    /** There is no body, or an empty one. */
    record None() implements BodyFraming {}

    /** The body has so many octets, at least one. */
    record Length(long octets) implements BodyFraming {}

    /** The body comes in chunks. */
    record Chunked() implements BodyFraming {}
}
