package io.asgi4j.server.netty.http;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import java.util.concurrent.TimeUnit;

/**
 * The time that a client has to go on with a request body. It earns more by the bytes it sends: who sends as slowly as is allowed
 * has no more of it than in the beginning.
 *
 * <p>Owned by the connection's event loop.
 */
public final class BodyTime {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Deadline deadline;
    private final long grace;
    private final long most;
    private final int rate;
    private final Runnable tooSlow;
    /** Whether the client's time runs. */
    private boolean running;
    /** What is left of its time, while it does not run. */
    private long left;
    /** Bytes that came since the time was last added to. */
    private int arrived;

    /**
     * The time for one body, which does not run yet.
     *
     * @param grace nanoseconds it has at least, whenever it begins to run
     * @param most nanoseconds it has at most
     * @param rate bytes per second that earn as much time as they take; 0 if any bytes earn all of it
     * @param tooSlow runs when the time is over
     */
    public BodyTime(Deadline deadline, long grace, long most, int rate, Runnable tooSlow) {
        this.deadline = deadline;
        this.grace = grace;
        this.most = most;
        this.rate = rate;
        this.tooSlow = tooSlow;
    }

    /** Returns the grace that the options give. Without a rate to keep, there is nothing to be graceful about. */
    public static long grace(Options options) {
        var grace = options.get(ServerOptions.MIN_DATA_RATE) == 0
                ? options.get(ServerOptions.BODY_TIMEOUT)
                : options.get(ServerOptions.DATA_RATE_GRACE);
        return grace.toNanos();
    }

    /** Bytes came. */
    public void arrived(int bytes) {
        arrived += bytes;
    }

    /** The next part is waited for from here on. */
    public void run() {
        if (!running) {
            running = true;
            set(Math.max(left, grace));
        } else if (arrived > 0) {
            set(deadline.left() + (rate == 0 ? most : arrived * NANOS / rate));
        }
        arrived = 0;
    }

    /** Nothing is waited for. */
    public void stop() {
        if (running) {
            running = false;
            left = deadline.left();
            deadline.clear();
        }
    }

    private void set(long nanos) {
        deadline.set(Math.min(nanos, most), tooSlow);
    }
}
