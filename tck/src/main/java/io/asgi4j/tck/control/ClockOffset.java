package io.asgi4j.tck.control;

/**
 * How the clock of the application stands to {@link System#nanoTime} here, so that the wire and the application share one clock.
 *
 * <p>An exchange bounds it from both sides: the application read its clock after the request was sent and before the answer was here.
 *
 * @param earliestNanos the application's clock stood at 0 no earlier than at this reading here
 * @param latestNanos and no later than at this one
 */
public record ClockOffset(long earliestNanos, long latestNanos) {
    /** What a request tells that was sent and answered at these readings of the clock here. */
    static ClockOffset of(long sentNanos, long answeredNanos, double applicationMillis) {
        var sinceZero = (long) (applicationMillis * 1e6);
        return new ClockOffset(sentNanos - sinceZero, answeredNanos - sinceZero);
    }

    /**
     * What two exchanges tell together: each bound is the better one of both, so that one exchange whose request was fast and one whose
     * answer was fast are as good as one that was fast both ways.
     */
    public ClockOffset and(ClockOffset other) {
        var earliest = Math.max(earliestNanos, other.earliestNanos);
        var latest = Math.min(latestNanos, other.latestNanos);
        // clocks that drift apart may contradict each other by a trifle
        return new ClockOffset(Math.min(earliest, latest), Math.max(earliest, latest));
    }

    /** The reading here at which the application's clock stood at 0: the middle between the bounds. */
    public long epochNanos() {
        return earliestNanos + (latestNanos - earliestNanos) / 2;
    }

    /** How far that may be from the truth. */
    public double precisionMillis() {
        return (latestNanos - earliestNanos) / 2e6;
    }

    /** {@return the reading here at which the application's clock stood at so many milliseconds} */
    public long toNanos(double applicationMillis) {
        return epochNanos() + (long) (applicationMillis * 1e6);
    }
}
