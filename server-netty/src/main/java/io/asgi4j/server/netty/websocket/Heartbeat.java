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
    private @Nullable ScheduledFuture<?> nextPing;
    /** Ends the time in which the oldest unanswered ping is to be answered. */
    private @Nullable ScheduledFuture<?> verdict;
    /** Whether there was a sign of life since the verdict was scheduled. */
    private boolean alive;

    Heartbeat(EventExecutor executor, Duration interval, Duration timeout, Target target) {
        this.executor = executor;
        this.interval = interval;
        this.timeout = timeout;
        this.target = target;
    }

    void start() {
        if (!interval.isZero()) {
            nextPing = after(interval, this::ping);
        }
    }

    /** The peer sent octets, or took some. */
    void signOfLife() {
        alive = true;
    }

    void stop() {
        cancel(nextPing);
        cancel(verdict);
    }

    private void ping() {
        target.ping();
        if (alive || verdict == null) {
            cancel(verdict);
            alive = false;
            verdict = after(timeout, this::judge);
        }
        nextPing = after(interval, this::ping);
    }

    private void judge() {
        verdict = null;
        if (!alive && target.isListening()) {
            target.peerIsSilent();
        }
    }

    private ScheduledFuture<?> after(Duration delay, Runnable action) {
        return executor.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
