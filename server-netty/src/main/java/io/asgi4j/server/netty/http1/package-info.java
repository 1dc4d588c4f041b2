/**
 * The HTTP/1.0 and HTTP/1.1 driver (RFC 9112).
 *
 * <p>The way of a request: {@link io.asgi4j.server.netty.http1.RequestReader} (octets to requests, strictly) →
 * {@link io.asgi4j.server.netty.http1.RequestCheck} (what the decoder leaves open) →
 * {@link io.asgi4j.server.netty.http1.Http1Connection} (reading, order, keep-alive) → an exchange; and back:
 * {@link io.asgi4j.server.netty.http1.Http1Response} (framing) → the channel.
 */
@NullMarked
package io.asgi4j.server.netty.http1;

import org.jspecify.annotations.NullMarked;
