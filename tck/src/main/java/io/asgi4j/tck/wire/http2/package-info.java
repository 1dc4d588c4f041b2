/**
 * HTTP/2 (RFC 9113) for scenarios, over a {@link io.asgi4j.tck.wire.WireClient} whose server is known to speak it.
 *
 * <p>{@link io.asgi4j.tck.wire.http2.Http2Client} is one connection. What comes on a stream is read as a
 * {@link io.asgi4j.tck.wire.Response}, so that what is said of responses of HTTP/1 is said of these too.
 */
@NullMarked
package io.asgi4j.tck.wire.http2;

import org.jspecify.annotations.NullMarked;
