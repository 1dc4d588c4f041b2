package io.asgi4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTests {
    @Test
    void aFactorScalesTimesOnly() {
        var scaled = Limits.DEFAULT.scaled(2.5);
        assertEquals(Duration.ofMillis(12_500), scaled.within());
        assertEquals(Duration.ofMillis(375), scaled.quiet());
        assertEquals(Limits.DEFAULT.body(), scaled.body());
    }

    @Test
    void aFactorIsPositive() {
        assertThrows(IllegalArgumentException.class, () -> Limits.DEFAULT.scaled(0));
        assertThrows(IllegalArgumentException.class, () -> Limits.DEFAULT.scaled(Double.NaN));
    }
}
