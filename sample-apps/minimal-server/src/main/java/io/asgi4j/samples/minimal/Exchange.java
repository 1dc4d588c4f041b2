package io.asgi4j.samples.minimal;

import io.asgi4j.spec.*;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one call of the application is about, with its {@code receive} and {@code send}.
 *
 * <p>All exchanges work alike: a stage under a monitor, which says what may be received and sent next. What differs is in
 * the methods without a body, which run under the monitor.
 */
abstract class Exchange<S extends Enum<S>> implements Receive, Send {
    final MinimalServer server;
    final Monitor monitor;
    private final AtomicBoolean receiving = new AtomicBoolean();
    S stage;

    Exchange(MinimalServer server, Monitor monitor, S stage) {
        this.server = server;
        this.monitor = monitor;
        this.stage = stage;
    }

    /** The event that receive returns, or null if it has to wait. */
    abstract @Nullable InboundEvent next();

    /** Whether nothing can reach the other side any more. */
    boolean isGone() {
        return false;
    }

    /** Whether send may return, or has to wait for those who read. */
    boolean hasRoom() {
        return true;
    }

    /** Takes an event over, or throws {@link #illegal} without any effect. */
    abstract void take(OutboundEvent event);

    /** Ends what the call has left open; returns whether it must not do so. */
    abstract boolean end(@Nullable Throwable failure);

    final IllegalEventException illegal(OutboundEvent event) {
        return new IllegalEventException("in the stage " + stage, event);
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
        if (!monitor.await(() -> offer(event)) || !monitor.await(this::room)) {
            throw new ClientDisconnectedException();
        }
    }

    private boolean offer(OutboundEvent event) {
        if (isGone()) {
            return false;
        }
        take(event);
        return true;
    }

    /** An event that was taken is sent whole, even if an interrupt ends this wait. */
    private @Nullable Boolean room() {
        if (hasRoom()) {
            return true;
        }
        return isGone() ? false : null;
    }

    /** Calls the application; whatever leaves it ends this exchange and nothing else. */
    final void call(Application application, Scope scope) {
        var failure = failure(application, scope);
        monitor.change(() -> {
            var before = stage;
            var level = failure != null && isExpected(failure) ? Level.DEBUG : Level.ERROR;
            var tooEarly = end(failure);
            if (failure != null) {
                MinimalServer.LOG.log(level, "the application failed in the stage " + before, failure);
            } else if (tooEarly) {
                MinimalServer.LOG.log(level, "the application returned in the stage " + before);
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
        return (failure instanceof InterruptedException && server.interrupting)
                || (isGone()
                        && Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                                .anyMatch(ClientDisconnectedException.class::isInstance));
    }
}
