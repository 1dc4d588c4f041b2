package io.asgi4j.tck.wire;

import java.time.Duration;

/** A moment on {@link System#nanoTime}'s clock, when a wait ends. */
record Deadline(long nanoTime) {
    /** Has passed already: whoever waits until then only takes what is there. */
    static Deadline now() {
        return new Deadline(System.nanoTime());
    }

    static Deadline after(Duration wait) {
        return new Deadline(System.nanoTime() + wait.toNanos());
    }

    Deadline orSooner(Deadline other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }

    /** Milliseconds from now, rounded up; 0 if it has passed. */
    long millisLeft() {
        var nanos = nanoTime - System.nanoTime();
        return nanos <= 0 ? 0 : nanos / 1_000_000 + 1;
    }
}
