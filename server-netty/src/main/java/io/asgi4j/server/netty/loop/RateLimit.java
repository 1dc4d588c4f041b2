package io.asgi4j.server.netty.loop;

import java.util.function.LongSupplier;

/**
 * How often something may happen within a time, which begins anew whenever it is over.
 *
 * <p>Owned by the event loop of the connection on which it happens.
 */
public final class RateLimit {
    private final int most;
    private final long nanos;
    private final LongSupplier clock;
    private long begin;
    private int count;

    /**
     * A limit of which nothing is used up.
     *
     * @param most how often it may happen within so many nanoseconds
     * @param clock tells {@link System#nanoTime()}, or that of the loop's turn
     */
    public RateLimit(int most, long nanos, LongSupplier clock) {
        this.most = most;
        this.nanos = nanos;
        this.clock = clock;
        this.begin = clock.getAsLong();
    }

    /** It happens once more; returns whether that is within the limit. */
    public boolean count() {
        var now = clock.getAsLong();
        if (now - begin >= nanos) {
            begin = now;
            count = 0;
        }
        count++;
        return isKept();
    }

    /** Once it was worth it, and does not count. */
    public void forgive() {
        if (count > 0) {
            count--;
        }
    }

    /** Returns whether what happened is within the limit. */
    public boolean isKept() {
        return count <= most;
    }
}
