package io.asgi4j.spec;

/**
 * The way of events from the client to the application.
 *
 * <p>May be called from any thread, by one thread at a time.
 */
@FunctionalInterface
public interface Receive {

    /**
     * Waits for the next event of the scope and returns it.
     *
     * <p>Blocks until there is an event; the server does not read further from the client than a bounded amount while the application does
     * not call this method. After the whole request body was delivered it blocks until the client is gone,
     * then returns {@link HttpDisconnect}, at once and again whenever it is called again. To learn of a disconnect without calling
     * this method see {@link Connection#disconnected()}.
     *
     * @return the next event, never {@code null}
     * @throws InterruptedException if the calling thread is interrupted while it waits; no event is lost by it
     * @throws IllegalStateException if another thread is waiting in this method
     */
    InboundEvent receive() throws InterruptedException;
}
