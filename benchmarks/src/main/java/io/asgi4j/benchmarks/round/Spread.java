package io.asgi4j.benchmarks.round;

import java.util.Collection;

/** The median of what the rounds gave, and the smallest and largest of it; NaN if they gave nothing. */
public record Spread(double median, double min, double max) {
    public static Spread of(Collection<Double> values) {
        var sorted = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        var middle = sorted.length / 2;
        var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    public boolean isKnown() {
        return !Double.isNaN(median);
    }
}
