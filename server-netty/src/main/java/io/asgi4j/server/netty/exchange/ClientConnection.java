package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.Connection;
import io.asgi4j.spec.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The signals of one exchange. Guarded by its own monitor, which nobody holds while blocking.
 *
 * <p>Most applications never ask for the signal that the client left, so it is made for the first one that does.
 */
final class ClientConnection implements Connection {
    private final ExchangeContext context;
    private boolean left;
    private @Nullable SettableSignal disconnected;

    ClientConnection(ExchangeContext context) {
        this.context = context;
    }

    @Override
    public synchronized Signal disconnected() {
        if (disconnected == null) {
            disconnected = new SettableSignal(context.actions());
            if (left) {
                disconnected.set();
            }
        }
        return disconnected;
    }

    @Override
    public Signal draining() {
        return context.draining();
    }

    /** The client left, or the exchange is over. */
    synchronized void setDisconnected() {
        left = true;
        if (disconnected != null) {
            disconnected.set();
        }
    }
}
