package io.asgi4j.server.netty.runner;

import java.util.concurrent.atomic.AtomicInteger;

/** How many calls of the application may be under way, over all event loops. Thread-safe. */
public final class Capacity {
    private final AtomicInteger left;

    /** A capacity for so many calls. */
    public Capacity(int calls) {
        this.left = new AtomicInteger(calls);
    }

    /** Takes one place; returns {@code false}, and does not, if there is none. */
    boolean take() {
        if (left.decrementAndGet() >= 0) {
            return true;
        }
        left.incrementAndGet();
        return false;
    }

    /** Gives one place back. */
    void release() {
        left.incrementAndGet();
    }
}
