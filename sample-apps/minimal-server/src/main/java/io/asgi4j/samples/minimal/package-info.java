/**
 * How to implement ASGI for the JVM, shown by a small server: blocking sockets, virtual threads, one lock.
 *
 * <p>Read it in the order in which a request goes through it:
 *
 * <ol>
 *   <li>{@code MinimalServer} starts, accepts and shuts down; {@code Lifespan} is its talk with the application about
 *       that.
 *   <li>{@code Wire} makes two bounded pipes of a client's socket, so that everything above it waits for one thing only:
 *       a change under the lock of the wire.
 *   <li>{@code HttpConnection} reads one {@code RequestHead} after the other and serves each before the next.
 *   <li>{@code HttpExchange} is {@code receive} and {@code send} of a request; {@code Body} decodes what comes,
 *       {@code HttpResponse} knows what may go, {@code Response} encodes it.
 *   <li>{@code WebSocketExchange} is the same for a WebSocket; {@code WebSocketReader} takes what comes, {@code Frames}
 *       decodes and encodes.
 *   <li>{@code Calls} runs the application, each call on a virtual thread of its own.
 * </ol>
 *
 * <p>What clients can send, hold open or delay is bounded by the {@link io.asgi4j.samples.minimal.Limit limits}. It
 * offers no extension, no TLS and no HTTP/2, and an HTTP/1.0 connection ends with its response.
 */
@NullMarked
package io.asgi4j.samples.minimal;

import org.jspecify.annotations.NullMarked;
