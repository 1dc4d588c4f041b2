package io.asgi4j.server.netty.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TurnClockTests {
    private final TurnClock clock = new TurnClock();

    @Test
    void theClocksStandStillDuringATurn() {
        clock.beginTurn();
        var nanos = clock.nanoTime();
        var millis = clock.currentTimeMillis();
        awaitTick(System::nanoTime);
        awaitTick(System::currentTimeMillis);

        assertEquals(nanos, clock.nanoTime());
        assertEquals(millis, clock.currentTimeMillis());
    }

    @Test
    void theClocksGoOnAfterATurn() {
        clock.beginTurn();
        var nanos = clock.nanoTime();
        var millis = clock.currentTimeMillis();
        awaitTick(System::nanoTime);
        awaitTick(System::currentTimeMillis);
        clock.endTurn();

        assertNotEquals(nanos, clock.nanoTime());
        assertNotEquals(millis, clock.currentTimeMillis());
    }

    @Test
    void theClocksGoOnOutsideATurn() {
        var nanos = clock.nanoTime();
        var millis = clock.currentTimeMillis();
        awaitTick(System::nanoTime);
        awaitTick(System::currentTimeMillis);

        assertNotEquals(nanos, clock.nanoTime());
        assertNotEquals(millis, clock.currentTimeMillis());
    }

    private static void awaitTick(LongSupplier time) {
        var before = time.getAsLong();
        while (time.getAsLong() == before) {
            Thread.onSpinWait();
        }
    }
}
