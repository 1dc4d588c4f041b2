package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SignalTests {

    @Test
    void nothingHappensToADetachedConnection() {
        assertSame(Signal.never(), Connection.detached().disconnected());
        assertSame(Signal.never(), Connection.detached().draining());
        assertFalse(Signal.never().isSet());
    }

    @Test
    void aWaitWithALimitEnds() throws InterruptedException {
        assertFalse(Signal.never().await(Duration.ofMillis(1)));
        assertFalse(Signal.never().await(Duration.ZERO));
        assertFalse(Signal.never().await(Duration.ofSeconds(-1)));
    }

    @Test
    void aWaitIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Signal.never().await());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Signal.never().await(Duration.ofHours(1)));
    }

    @Test
    void anActionIsNotRun() {
        var ran = new AtomicBoolean();
        Signal.never().onSet(() -> ran.set(true));
        assertFalse(ran.get());
    }
}
