package io.asgi4j.tck.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ClockOffsetTests {
    @Test
    void theApplicationReadsItsClockWithinTheExchange() {
        var clock = ClockOffset.of(10_000_000, 14_000_000, 5.0);

        assertEquals(7_000_000, clock.epochNanos());
        assertEquals(2.0, clock.precisionMillis());
        assertEquals(9_000_000, clock.toNanos(2));
    }

    @Test
    void aSlowRequestAndASlowAnswerMakeUpForEachOther() {
        // the clock stands at 0 when ours stands at 5 ms; one way takes 100 ms, the other one 1 ms
        var slowRequest = ClockOffset.of(10_000_000, 111_000_000, 105);
        var slowAnswer = ClockOffset.of(210_000_000, 311_000_000, 206);

        var clock = slowRequest.and(slowAnswer);

        assertEquals(new ClockOffset(4_000_000, 6_000_000), clock);
        assertEquals(5_000_000, clock.epochNanos());
        assertEquals(1.0, clock.precisionMillis());
    }

    @Test
    void boundsThatContradictEachOtherAreBothKept() {
        assertEquals(new ClockOffset(10, 12), new ClockOffset(0, 10).and(new ClockOffset(12, 20)));
    }
}
