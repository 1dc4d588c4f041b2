package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.round.Spread;
import java.util.Collection;
import java.util.stream.DoubleStream;

/** Maps numbers from zero upwards to places on an axis. */
record Scale(double top, double length) {
    private static final double[] STEPS = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};

    /** Numbers this much larger than the median would leave no room for the others. */
    private static final double FAR = 4;

    /** A scale that ends at a round number above all of these, but for those that are far larger than most. */
    static Scale over(Collection<Double> values, double length) {
        var median = Spread.of(values).median();
        var largest = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> value <= FAR * median)
                .max()
                .orElse(1);
        var power = Math.pow(10, Math.floor(Math.log10(Math.max(largest, Double.MIN_NORMAL))));
        var top = DoubleStream.of(STEPS)
                .map(step -> step * power)
                .filter(step -> step >= largest)
                .findFirst()
                .orElse(10 * power);
        return new Scale(top, length);
    }

    /** Whether a number lies beyond the end. */
    boolean isBeyond(double value) {
        return value > top;
    }

    /** How far from zero a number is, and no farther than the end. */
    double of(double value) {
        return length * Math.clamp(value / top, 0, 1);
    }
}
