/**
 * One WebSocket on any pipe of bytes: handshake fields, frames, messages, compression and the closing handshake
 * (RFC 6455, RFC 7692).
 *
 * <p>Nothing here knows ASGI or the protocol that carries the bytes. {@link
 * io.asgi4j.server.netty.websocket.Handshake} judges the request,
 * {@link io.asgi4j.server.netty.websocket.PerMessageDeflate} agrees on compression, and from then on a
 * {@link io.asgi4j.server.netty.websocket.WebSocketConnection} stands between a
 * {@link io.asgi4j.server.netty.websocket.BytePipe} and a {@link io.asgi4j.server.netty.websocket.WebSocketListener}.
 */
@NullMarked
package io.asgi4j.server.netty.websocket;

import org.jspecify.annotations.NullMarked;
