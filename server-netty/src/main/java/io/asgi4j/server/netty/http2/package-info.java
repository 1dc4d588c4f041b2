/**
 * The HTTP/2 driver (RFC 9113).
 *
 * <p>The way of a request: {@link io.asgi4j.server.netty.http2.FrameMeter} (what the frames cost) → Netty's decoder →
 * {@link io.asgi4j.server.netty.http2.Requests} (a head to a call of the application) →
 * {@link io.asgi4j.server.netty.http2.HttpCall} (the body, as its window allows) → an exchange; and back:
 * {@link io.asgi4j.server.netty.http2.Http2Response} (framing) → {@link io.asgi4j.server.netty.http2.StreamOutput} (one stream) →
 * Netty's encoder. {@link io.asgi4j.server.netty.http2.ServerConnection} knows when the connection ends.
 */
@NullMarked
package io.asgi4j.server.netty.http2;

import org.jspecify.annotations.NullMarked;
