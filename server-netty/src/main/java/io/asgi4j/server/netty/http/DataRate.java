package io.asgi4j.server.netty.http;

/** How fast a client has to take what waits for it. */
public final class DataRate {
    private static final double SECOND = 1e9;

    private DataRate() {}

    /**
     * Returns the bytes that a client takes at least in a time: one if any progress will do.
     *
     * @param rate bytes per second, 0 if any progress will do
     */
    public static long least(int rate, long nanos) {
        return Math.max(1, (long) (rate * (nanos / SECOND)));
    }
}
