package io.asgi4j.spec;

/**
 * Where an application gets its events from.
 *
 * <p>May be called from any thread, by one thread at a time.
 *
 * <p>Rules: {@code threads.receive-from-anywhere}, {@code threads.receive-one-at-a-time},
 * {@code threads.outlives-call}.
 */
@FunctionalInterface
public interface Receive {

    /**
     * Waits for the next event of the scope and returns it.
     *
     * <p>Blocks until there is an event. While the application does not call this method, the server reads no more than
     * a bounded amount from the client: this is the back-pressure. Each event is returned once, but for the last one of
     * an exchange ({@link HttpDisconnect}, {@link WebSocketDisconnect}, {@link LifespanShutdown}), which is returned
     * again whenever this method is called again.
     *
     * <p>After the whole body of an HTTP request was delivered this method blocks until the client is gone or the
     * response is complete. To learn of a disconnect without calling it see {@link Connection#disconnected()}.
     *
     * <p>Rules: {@code core.receive.blocks}, {@code flow.reading-stops}, {@code http.disconnect.blocks-until-real},
     * {@code http.disconnect.repeated}, {@code websocket.close.disconnect-repeated},
     * {@code lifespan.shutdown.repeated}, {@code cancellation.blocked-calls-end},
     * {@code cancellation.receive-loses-nothing}.
     *
     * @return the next event, never {@code null}
     * @throws InterruptedException if the calling thread is interrupted while it waits; no event is lost by it
     * @throws IllegalStateException if another thread is in this method; that one is left undisturbed
     */
    InboundEvent receive() throws InterruptedException;
}
