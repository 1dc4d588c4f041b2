package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Connection;
import io.asgi4j.spec.Scope;

/** An exchange with a client. The thread of the connection feeds it with what the client sends. */
abstract class ClientExchange<S extends Enum<S>> extends Exchange<S> implements Connection {
    final Wire wire;
    final RequestHead head;
    private final Once disconnected = new Once();
    private final Once draining;

    /** Whether the client has left; it may still read. */
    private boolean left;

    ClientExchange(MinimalServer server, Wire wire, RequestHead head, S stage) {
        super(server, wire.monitor, stage);
        this.wire = wire;
        this.head = head;
        this.draining = server.draining();
        monitor.change(() -> wire.whenGone(disconnected::set));
    }

    abstract Scope scope();

    /** Reads what the client sends until the exchange is over; returns whether another one may follow. */
    abstract boolean feed();

    abstract boolean isOver();

    @Override
    final boolean hasRoom() {
        return wire.hasRoom();
    }

    final boolean hasLeft() {
        return left || wire.isGone();
    }

    final void leave() {
        monitor.change(() -> {
            left = true;
            disconnected.set(); // before receive and send can tell it
        });
    }

    @Override
    public final Once disconnected() {
        return disconnected;
    }

    @Override
    public final Once draining() {
        return draining;
    }
}
