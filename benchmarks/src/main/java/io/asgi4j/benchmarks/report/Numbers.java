package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.round.Spread;
import java.util.Locale;

/** How numbers are written. */
final class Numbers {
    private static final String UNKNOWN = "–";

    private Numbers() {}

    /** A median and its range, both as ratios. */
    static String spread(Spread ratio) {
        return ratio.isKnown()
                ? String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", ratio.median(), ratio.min(), ratio.max())
                : UNKNOWN;
    }

    static String ratio(double ratio) {
        return Double.isNaN(ratio) ? UNKNOWN : String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** A figure in its unit, with as many digits as mean something. */
    static String of(Figure figure, double value) {
        if (Double.isNaN(value)) {
            return UNKNOWN;
        }
        return switch (figure) {
            case SERVER_BUSY, GENERATOR_BUSY, OTHERS_BUSY -> String.format(Locale.ROOT, "%.0f %%", 100 * value);
            case THROUGHPUT, HEAP_PER_CONNECTION, RESIDENT_PER_CONNECTION, RESIDENT, FIRST_ANSWER ->
                String.format(Locale.ROOT, "%,.0f", value);
            case CPU, P50, P99, P999, LATE -> String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
        };
    }
}
