package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one call of the application is about, and its {@code receive} and {@code send}.
 *
 * <p>All exchanges work alike: a state under a monitor, which says what may be received and sent next. What differs is in
 * the methods without a body, which run under the monitor.
 */
abstract class Exchange implements Receive, Send {
    /** By being its own, the exception tells the server that the application only passes on what it was told. */
    private static final class Gone extends ClientDisconnectedException {
        private static final long serialVersionUID = 1L;
        final transient Exchange exchange;

        Gone(Exchange exchange) {
            this.exchange = exchange;
        }
    }

    final MinimalServer server;
    final Monitor monitor;
    private final AtomicBoolean receiving = new AtomicBoolean();

    Exchange(MinimalServer server, Monitor monitor) {
        this.server = server;
        this.monitor = monitor;
    }

    /** How far it is. */
    abstract Enum<?> stage();

    /** The event that receive returns, or null if it has to wait. */
    abstract @Nullable InboundEvent next();

    /** Whether an event cannot reach anybody. */
    abstract boolean isGone();

    /** Whether send may take an event, or has to wait. */
    abstract boolean hasRoom();

    /** Takes an event over, or throws {@link #illegal} without any effect. */
    abstract void take(OutboundEvent event);

    /** Ends what the call has left open; returns whether it must not do so. */
    abstract boolean end(@Nullable Throwable failure);

    final IllegalEventException illegal(OutboundEvent event) {
        return new IllegalEventException("in the state " + stage(), event);
    }

    @Override
    public final InboundEvent receive() throws InterruptedException {
        if (!receiving.compareAndSet(false, true)) {
            throw new IllegalStateException("another receive of this exchange is in progress");
        }
        try {
            return monitor.await(this::next);
        } finally {
            receiving.set(false);
        }
    }

    @Override
    public final void send(OutboundEvent event) throws ClientDisconnectedException, InterruptedException {
        Objects.requireNonNull(event, "event");
        if (!monitor.await(() -> offer(event))) {
            throw new Gone(this);
        }
    }

    private @Nullable Boolean offer(OutboundEvent event) {
        if (isGone()) {
            return false;
        }
        if (!hasRoom()) {
            return null;
        }
        take(event);
        return true;
    }

    /** Calls the application; whatever leaves it ends this exchange and nothing else. */
    final void call(Application application, Scope scope) {
        var failure = failure(application, scope);
        monitor.change(() -> {
            var stage = stage();
            var tooEarly = end(failure);
            if (failure != null && !isExpected(failure)) {
                MinimalServer.LOG.log(Level.ERROR, "the application failed in the state " + stage, failure);
            } else if (failure == null && tooEarly) {
                MinimalServer.LOG.log(Level.ERROR, "the application returned in the state " + stage);
            }
        });
    }

    private @Nullable Throwable failure(Application application, Scope scope) {
        try {
            application.handle(scope, this, this);
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    /** Whether a failure of the application is what the server itself threw into it. */
    boolean isExpected(Throwable failure) {
        return (failure instanceof InterruptedException && server.isInterrupting())
                || Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                        .anyMatch(cause -> cause instanceof Gone gone && gone.exchange.equals(this));
    }
}
