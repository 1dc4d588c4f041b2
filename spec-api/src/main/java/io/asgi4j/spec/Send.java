package io.asgi4j.spec;

import java.io.IOException;

/**
 * Where an application gives its events to.
 *
 * <p>May be called from any thread and by several at the same time: calls are serialised, each event stays whole.
 *
 * <p>Rules: {@code threads.send-from-anywhere}, {@code threads.send-serialised}, {@code threads.outlives-call}.
 */
@FunctionalInterface
public interface Send {

    /**
     * Hands over one event.
     *
     * <p>Returns when the server has taken the event over: no further call is needed to get its bytes to the client,
     * though they may still be on their way. Blocks while the client does not read and the server's bounded buffer is
     * full: this is the back-pressure. The bytes that an event carries belong to the server from then on and must not
     * be changed.
     *
     * <p>An event that is refused leaves the exchange as it was; an application which catches the exception may go on.
     * Once the client is gone, every event is answered with {@link ClientDisconnectedException}, whether it was allowed
     * or not. One whose sending was interrupted was sent whole or not at all.
     *
     * <p>Rules: {@code core.send.taken-over}, {@code flow.send-blocks}, {@code flow.send-released-when-gone},
     * {@code core.events.bytes-given-away}, {@code core.events.illegal-exception},
     * {@code core.events.illegal-without-effect}, {@code core.events.gone-before-illegal},
     * {@code errors.client-disconnected}, {@code cancellation.blocked-calls-end},
     * {@code cancellation.whole-or-nothing}.
     *
     * @param event the event
     * @throws ClientDisconnectedException if the client is gone, or the client or the server closed the WebSocket
     * @throws IOException if the event could not be carried out, for example because a file could not be read
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws IllegalEventException if the event is not allowed in the present state; nothing of it reaches the client
     */
    void send(OutboundEvent event) throws IOException, InterruptedException;
}
