package io.asgi4j.benchmarks.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HistogramTests {
    @Test
    void percentilesAreExactToOnePartIn128() {
        var histogram = new Histogram();
        for (int micros = 1; micros <= 100_000; micros++) {
            histogram.record(micros * 1000L);
        }

        assertNear(50_000_000, histogram.percentile(50));
        assertNear(99_000_000, histogram.percentile(99));
        assertNear(99_900_000, histogram.percentile(99.9));
        assertNear(100_000_000, histogram.percentile(100));
    }

    @Test
    void smallNumbersAreExact() {
        var histogram = new Histogram();
        histogram.record(3);

        assertEquals(3, histogram.percentile(50));
    }

    @Test
    void theLongestTimeHasAPlace() {
        var histogram = new Histogram();
        histogram.record(Long.MAX_VALUE);

        assertNear(Long.MAX_VALUE, histogram.percentile(50));
    }

    @Test
    void ofNothingNothingIsKnown() {
        assertTrue(Double.isNaN(new Histogram().percentile(50)));
    }

    private static void assertNear(double expected, double actual) {
        assertEquals(expected, actual, expected / 128);
    }
}
