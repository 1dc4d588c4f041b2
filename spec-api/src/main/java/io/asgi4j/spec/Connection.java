package io.asgi4j.spec;

/**
 * What an application may know about the connection beneath a scope without calling {@link Receive}.
 *
 * <p>Thread-safe; may be kept after the exchange is over, {@link #disconnected()} being set then.
 */
public interface Connection {

    /**
     * Is set as soon as the exchange is over: the client is gone, or the response is complete, or the WebSocket is
     * closed.
     *
     * <p>This is how an application learns of a disconnect without consuming the body. It is set before {@link Receive}
     * tells of the end and before {@link Send} throws {@link ClientDisconnectedException}.
     *
     * <p>Rules: {@code signals.disconnected}, {@code signals.disconnected-before-event},
     * {@code http.disconnect.without-reading}.
     *
     * @return the same signal on every call
     */
    Signal disconnected();

    /**
     * Is set when the server has begun to shut down and wants its exchanges to end.
     *
     * <p>An endless response (server-sent events, long polling) waits for it and ends well; the thread of a call that
     * still runs when the grace period is over is interrupted.
     *
     * <p>Rules: {@code signals.draining}, {@code cancellation.grace-period-interrupts}.
     *
     * @return the same signal on every call
     */
    Signal draining();

    /**
     * Returns a connection that nothing ever happens to.
     *
     * @return the same object on every call; for scopes without a client, in tests for example
     */
    static Connection detached() {
        return Detached.CONNECTION;
    }
}
