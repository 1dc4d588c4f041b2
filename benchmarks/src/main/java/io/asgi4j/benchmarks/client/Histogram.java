package io.asgi4j.benchmarks.client;

/** Counts durations, each to within one part in 128 of its length, from 1 ns to hours. */
public final class Histogram {
    private static final int PRECISION_BITS = 7;
    private static final int STEPS = 1 << PRECISION_BITS;

    private final long[] counts = new long[(Long.SIZE - PRECISION_BITS) * STEPS];
    private long total;

    public void record(long nanos) {
        counts[index(Math.max(0, nanos))]++;
        total++;
    }

    public long total() {
        return total;
    }

    /** The duration in nanoseconds that so many percent of all do not exceed; NaN if there are none. */
    public double percentile(double percent) {
        var rank = (long) Math.ceil(total * percent / 100);
        var seen = 0L;
        for (int index = 0; index < counts.length; index++) {
            seen += counts[index];
            if (seen > 0 && seen >= rank) {
                return highest(index);
            }
        }
        return Double.NaN;
    }

    /** The first steps are one each, and then each doubling has as many steps as the one before. */
    private static int index(long nanos) {
        var doublings = Math.max(0, Long.SIZE - PRECISION_BITS - 1 - Long.numberOfLeadingZeros(nanos));
        return doublings * STEPS + (int) (nanos >>> doublings);
    }

    private static double highest(int index) {
        var doublings = Math.max(0, index / STEPS - 1);
        var step = (long) index - (long) doublings * STEPS;
        return (step << doublings) + ((1L << doublings) - 1);
    }
}
