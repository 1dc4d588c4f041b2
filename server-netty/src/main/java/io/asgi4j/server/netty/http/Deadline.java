package io.asgi4j.server.netty.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One moment of a connection after which something has to happen.
 *
 * <p>Owned by the connection's event loop. Moving it is a field write: the timer that is already scheduled looks at it
 * when it fires and goes back to sleep if it came too early.
 */
public final class Deadline implements Runnable {
    private final EventExecutor loop;
    private final LongSupplier clock;
    private boolean armed;
    private long at;
    private @Nullable Runnable expiry;
    private @Nullable Future<?> timer;
    private long timerAt;

    /** A deadline that is not set; {@code clock} tells {@link System#nanoTime()}, or that of the loop's turn. */
    public Deadline(EventExecutor loop, LongSupplier clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /** Makes {@code action} run on the loop after so many nanoseconds, instead of whatever was set before. */
    public void set(long nanos, Runnable action) {
        assert loop.inEventLoop();
        armed = true;
        at = clock.getAsLong() + nanos;
        expiry = action;
        if (timer == null || at - timerAt < 0) {
            schedule(nanos);
        }
    }

    /** How many nanoseconds are left until then; meaningful while it is set. */
    public long left() {
        return at - clock.getAsLong();
    }

    /** Makes nothing happen. */
    public void clear() {
        armed = false;
    }

    /** Gives the timer back, at the end of the connection. */
    public void cancel() {
        armed = false;
        expiry = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void schedule(long nanos) {
        if (timer != null) {
            timer.cancel(false);
        }
        timerAt = at;
        timer = loop.schedule(this, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        timer = null;
        if (!armed || expiry == null) {
            return;
        }
        var left = left();
        if (left > 0) {
            schedule(left);
        } else {
            armed = false;
            expiry.run();
        }
    }
}
