package io.asgi4j.benchmarks.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.load.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesTests {
    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        assertEquals(new Spread(3, 1, 9), Spread.of(List.of(9.0, 1.0, 3.0)));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertEquals(new Spread(2.5, 1, 9), Spread.of(List.of(9.0, 1.0, 3.0, 2.0)));
    }

    @Test
    void nothingHasNoMedian() {
        assertFalse(Spread.of(List.of()).isKnown());
    }

    @Test
    void aRatioComparesWithinTheRound() {
        var limit = series("netty", 100, 200, 50);
        var peer = series("asgi4j", 90, 160, 60);

        assertEquals(new Spread(0.9, 0.8, 1.2), peer.ratio(Figure.THROUGHPUT, limit));
    }

    @Test
    void roundsThatThePeerDidNotReachAreLeftOut() {
        assertEquals(
                new Spread(0.5, 0.5, 0.5), series("asgi4j", 50).ratio(Figure.THROUGHPUT, series("netty", 100, 200)));
    }

    @Test
    void aFigureThatWasNotMeasuredIsUnknown() {
        assertFalse(series("asgi4j", 1, 2).spread(Figure.CPU).isKnown());
    }

    private static Series series(String peer, double... throughputs) {
        return new Series(
                peer,
                "",
                Arrays.stream(throughputs)
                        .mapToObj(value -> new Sample(Map.of(Figure.THROUGHPUT, value)))
                        .toList(),
                "");
    }
}
