package io.asgi4j.spec;

/**
 * What an application may know about the connection beneath a scope without calling {@link Receive}.
 *
 * <p>Thread-safe; may be kept after the scope has ended, when {@link #disconnected()} is set.
 */
public interface Connection {

    /**
     * Is set when the client is gone or the scope has ended.
     *
     * <p>An application that produces a long answer without reading can wait for it.
     *
     * @return the same signal on every call
     */
    Signal disconnected();

    /**
     * Is set when the server has begun to shut down and wants its connections to end.
     *
     * <p>An endless answer (server-sent events, a WebSocket) ends itself then in its own good way; what still runs when the grace period is over is
     * interrupted.
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
