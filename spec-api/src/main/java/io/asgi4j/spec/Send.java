package io.asgi4j.spec;

import java.io.IOException;

/**
 * The way of events from the application to the client.
 *
 * <p>May be called from any thread and by several at the same time: calls are serialised, each event stays whole.
 */
@FunctionalInterface
public interface Send {

    /**
     * Hands over one event.
     *
     * <p>Returns when the server has taken the event over, and blocks as long as the client does not read what was sent before:
     * the memory used per connection stays bounded. What an event carries (the bytes of a body, say) belongs to the server from
     * then on and must not be changed.
     *
     * @param event the event
     * @throws ClientDisconnectedException if the client is gone or the connection is closed
     * @throws IOException if the event could not be carried out, for example because a file could not be read
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws IllegalEventException if the event is not allowed in the present state; nothing of it reaches the client
     */
    void send(OutboundEvent event) throws IOException, InterruptedException;
}
