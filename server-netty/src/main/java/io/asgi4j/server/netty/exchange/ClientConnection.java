package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.Connection;
import io.asgi4j.spec.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The signals of one exchange. Any thread may call any method.
 *
 * <p>Most applications never ask for the signal that the client left, so it is made for the first one that does. Who makes
 * it looks at {@code left} afterwards, and who sets {@code left} looks for it afterwards: one of the two sees the other.
 */
final class ClientConnection implements Connection {
    private final ExchangeContext context;
    private volatile boolean left;
    private volatile @Nullable SettableSignal disconnected;

    ClientConnection(ExchangeContext context) {
        this.context = context;
    }

    @Override
    public synchronized Signal disconnected() {
        var signal = disconnected;
        if (signal == null) {
            signal = new SettableSignal(context.actions());
            disconnected = signal;
            if (left) {
                signal.set();
            }
        }
        return signal;
    }

    @Override
    public Signal draining() {
        return context.draining();
    }

    /** The client left, or the exchange is over. */
    void setDisconnected() {
        left = true;
        var signal = disconnected;
        if (signal != null) {
            signal.set();
        }
    }
}
