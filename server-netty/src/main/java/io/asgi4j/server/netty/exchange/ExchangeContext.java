package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.access.AccessLog;
import io.asgi4j.server.netty.loop.Confinement;
import io.asgi4j.spec.Signal;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What all exchanges of an event loop share.
 *
 * @param mailbox wakes the event loop
 * @param confinements gives a confinement to each exchange
 * @param draining the server's signal that it is about to stop
 * @param actions runs the actions that applications register with signals
 * @param accessLog hears about every exchange that ended
 * @param readAhead bytes of a request body, or of WebSocket messages, that may wait for the application
 * @param readAheadMessages WebSocket messages that may wait for the application
 * @param writeBuffer bytes that may wait for the event loop before {@code send} blocks
 */
public record ExchangeContext(
        Mailbox mailbox,
        Supplier<Confinement> confinements,
        Signal draining,
        Executor actions,
        AccessLog accessLog,
        int readAhead,
        int readAheadMessages,
        int writeBuffer) {

    /** Returns the same for exchanges with another bound on what is read ahead. */
    public ExchangeContext withReadAhead(int bytes) {
        return new ExchangeContext(
                mailbox, confinements, draining, actions, accessLog, bytes, readAheadMessages, writeBuffer);
    }

    /** Runs an action on the loop once the signal is set, so that an application that hears of its effect can see the reason. */
    public void whenDraining(Runnable action) {
        draining.onSet(() -> mailbox.loop().execute(action));
    }
}
