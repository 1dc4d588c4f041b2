package io.asgi4j.server.netty.websocket;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Pings the peer at intervals and notices when it stays silent. Any sign of life counts, not only a pong: a pong may
 * have to wait behind a long frame.
 *
 * <p>Owned by the connection's event loop.
 */
final class Heartbeat {
    /** What the heart beats for. */
    interface Target {
        void ping();

        /** Whether a pong would be read if it came; while it would not, silence says nothing. */
        boolean isListening();

        void peerIsSilent();
    }

    private final EventExecutor executor;
    private final Duration interval;
    private final Duration timeout;
    private final Target target;
    private @Nullable ScheduledFuture<?> timer;
    private boolean alive;

    Heartbeat(EventExecutor executor, Duration interval, Duration timeout, Target target) {
        this.executor = executor;
        this.interval = interval;
        this.timeout = timeout;
        this.target = target;
    }

    void start() {
        if (!interval.isZero()) {
            after(interval, this::ping);
        }
    }

    /** The peer sent octets, or took some. */
    void signOfLife() {
        alive = true;
    }

    void stop() {
        var present = timer;
        timer = null;
        if (present != null) {
            present.cancel(false);
        }
    }

    private void ping() {
        alive = false;
        target.ping();
        after(timeout, this::judge);
    }

    private void judge() {
        if (alive || !target.isListening()) {
            var rest = interval.minus(timeout);
            after(rest.isNegative() ? Duration.ZERO : rest, this::ping);
        } else {
            target.peerIsSilent();
        }
    }

    private void after(Duration delay, Runnable action) {
        timer = executor.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
