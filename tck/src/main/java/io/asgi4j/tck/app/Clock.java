package io.asgi4j.tck.app;

/** Milliseconds since an epoch of its own, to the microsecond and never going back. */
final class Clock {
    private final long epoch = System.nanoTime();

    double millis() {
        return Math.floorDiv(System.nanoTime() - epoch, 1_000) / 1e3;
    }
}
