/**
 * The client's side of a scenario: literal bytes out, whatever comes back, and a transcript of both.
 *
 * <p>{@link io.asgi4j.tck.wire.WireClient} is one connection. It reads HTTP/1 by
 * {@link io.asgi4j.tck.wire.ResponseReader}, and speaks WebSocket by {@link io.asgi4j.tck.wire.WebSocketClient}. What a
 * server does wrong is data here, an {@link io.asgi4j.tck.wire.Anomaly} or an {@link io.asgi4j.tck.wire.Ending}, never an
 * exception. Nothing waits or grows without a bound from {@link io.asgi4j.tck.wire.Limits}, however broken the server is.
 */
@NullMarked
package io.asgi4j.tck.wire;

import org.jspecify.annotations.NullMarked;
