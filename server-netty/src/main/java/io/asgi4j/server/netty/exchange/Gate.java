package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.loop.Confinement;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time wait for a condition that the event loop makes true.
 *
 * <p>The waiting thread owns {@code waiter}; whoever changes the condition calls {@link #signal()} afterwards. Both the
 * condition and {@code waiter} are read and written with volatile semantics, so either the waiter sees the new condition
 * or the signaller sees the waiter.
 */
final class Gate {
    private final Confinement confinement;
    private volatile @Nullable Thread waiter;

    Gate(Confinement confinement) {
        this.confinement = confinement;
    }

    /**
     * Blocks until the condition holds; returns whether it had to wait. An interrupt ends the wait, also one that came
     * before it.
     */
    boolean await(BooleanSupplier condition) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (condition.getAsBoolean()) {
            return false;
        }
        waiter = Thread.currentThread();
        try {
            while (!condition.getAsBoolean()) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return true;
        } finally {
            waiter = null;
        }
    }

    /** Wakes the waiting thread, if there is one, to look at its condition again. */
    void signal() {
        var thread = waiter;
        if (thread != null) {
            confinement.unpark(thread);
        }
    }
}
