package io.asgi4j.benchmarks.load;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What one short measurement gave. */
public record Sample(Map<Figure, Double> figures) {
    public Sample {
        figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    }

    /** The figure, or NaN if this load does not give it. */
    public double get(Figure figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }

    public Sample with(Figure figure, double value) {
        var more = new EnumMap<>(figures);
        more.put(figure, value);
        return new Sample(more);
    }
}
