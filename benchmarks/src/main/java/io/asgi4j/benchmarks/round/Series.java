package io.asgi4j.benchmarks.round;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.load.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rounds of one load gave for one peer, in their order.
 *
 * @param remark what its check told, or nothing
 * @param failure why there are no samples, or nothing
 */
public record Series(String peer, String remark, List<Sample> samples, String failure) {
    public Series {
        samples = List.copyOf(samples);
    }

    public boolean failed() {
        return !failure.isEmpty();
    }

    public Spread spread(Figure figure) {
        return Spread.of(samples.stream().map(sample -> sample.get(figure)).toList());
    }

    /** This figure divided by that of the other peer in the same round. */
    public Spread ratio(Figure figure, Series limit) {
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < Math.min(samples.size(), limit.samples.size()); round++) {
            ratios.add(samples.get(round).get(figure) / limit.samples.get(round).get(figure));
        }
        return Spread.of(ratios);
    }
}
