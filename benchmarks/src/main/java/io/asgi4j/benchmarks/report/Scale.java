package io.asgi4j.benchmarks.report;

import java.util.Collection;
import java.util.stream.DoubleStream;

/** Maps numbers from zero upwards to places on an axis. */
record Scale(double top, double length) {
    private static final double[] STEPS = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};

    /** A scale that ends at a round number above all of these. */
    static Scale over(Collection<Double> values, double length) {
        var largest = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
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

    /** How far from zero a number is, and no farther than the end. */
    double of(double value) {
        return length * Math.clamp(value / top, 0, 1);
    }
}
