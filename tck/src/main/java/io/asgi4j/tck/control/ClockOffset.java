package io.asgi4j.tck.control;

/**
 * How the clock of the application stands to {@link System#nanoTime} here, so that the wire and the application share one clock.
 *
 * @param epochNanos the reading here at which the application's clock stood at 0
 * @param precisionMillis how far that may be from the truth: half of the time that the exchange took
 */
public record ClockOffset(long epochNanos, double precisionMillis) {
    /** Derives the offset from a request that was sent and answered at these readings of the clock here. */
    static ClockOffset of(long sentNanos, long answeredNanos, double applicationMillis) {
        var middle = sentNanos + (answeredNanos - sentNanos) / 2;
        return new ClockOffset(middle - (long) (applicationMillis * 1e6), (answeredNanos - sentNanos) / 2e6);
    }

    /** {@return the reading here at which the application's clock stood at so many milliseconds} */
    public long toNanos(double applicationMillis) {
        return epochNanos + (long) (applicationMillis * 1e6);
    }
}
