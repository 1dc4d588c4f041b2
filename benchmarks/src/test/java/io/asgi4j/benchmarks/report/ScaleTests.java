package io.asgi4j.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTests {
    @Test
    void anAxisEndsAtARoundNumberAboveAll() {
        assertEquals(250, Scale.over(List.of(93.0, 217.0), 100).top());
        assertEquals(1.2, Scale.over(List.of(1.04), 100).top(), 1e-9);
        assertEquals(100, Scale.over(List.of(100.0), 100).top());
    }

    @Test
    void numbersLieWhereTheyBelong() {
        var scale = new Scale(200, 50);

        assertEquals(0, scale.of(0));
        assertEquals(25, scale.of(100));
        assertEquals(50, scale.of(1000));
    }

    @Test
    void whatIsUnknownDoesNotDisturb() {
        assertEquals(4, Scale.over(List.of(Double.NaN, 3.5), 100).top());
    }

    @Test
    void oneThatIsFarLargerThanMostLiesBeyondTheEnd() {
        var scale = Scale.over(List.of(4.0, 5.0, 6.0, 235.0), 100);

        assertEquals(6, scale.top());
        assertTrue(scale.isBeyond(235));
        assertEquals(100, scale.of(235));
    }
}
