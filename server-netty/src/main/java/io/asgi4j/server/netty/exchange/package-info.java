/**
 * The protocol-neutral middle of the server: an exchange is the application's {@code receive} and {@code send} for one
 * request or one WebSocket.
 *
 * <p>An exchange knows ASGI and no wire format. It runs the event state machine on the application's threads and hands
 * what is legal to the event loop, which gives it to an {@link io.asgi4j.server.netty.exchange.HttpStream} or a
 * {@link io.asgi4j.server.netty.exchange.WebSocketStream}: those know a wire format and no ASGI.
 */
@NullMarked
package io.asgi4j.server.netty.exchange;

import org.jspecify.annotations.NullMarked;
