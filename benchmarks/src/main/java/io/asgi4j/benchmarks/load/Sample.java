package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.Histogram;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What one short measurement gave. */
public record Sample(Map<Figure, Double> figures) {
    private static final double NANOS_PER_MILLI = 1e6;

    public Sample {
        var copy = new EnumMap<Figure, Double>(Figure.class);
        copy.putAll(figures);
        figures = Collections.unmodifiableMap(copy);
    }

    /** The figure, or NaN if this load does not give it. */
    public double get(Figure figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }

    /** This sample and the percentiles of the latencies. */
    Sample with(Histogram latencies) {
        return with(Figure.P50, latencies.percentile(50) / NANOS_PER_MILLI)
                .with(Figure.P99, latencies.percentile(99) / NANOS_PER_MILLI)
                .with(Figure.P999, latencies.percentile(99.9) / NANOS_PER_MILLI);
    }

    public Sample with(Figure figure, double value) {
        var more = new EnumMap<>(figures);
        more.put(figure, value);
        return new Sample(more);
    }
}
