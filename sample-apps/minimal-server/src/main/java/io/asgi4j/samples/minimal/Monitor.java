package io.asgi4j.samples.minimal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock and one condition: whoever waits for anything waits for a change, and looks again.
 *
 * <p>Not {@code synchronized}: until JDK 24 a virtual thread that waits there holds the thread that carries it.
 */
final class Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Does something that others may wait for. */
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean holds(BooleanSupplier condition) {
        lock.lock();
        try {
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until there is a value, which counts as a change; an interrupt is preferred to it. */
    <T> T await(Supplier<@Nullable T> value) throws InterruptedException {
        lock.lock();
        try {
            var found = value.get();
            while (found == null) {
                changed.await();
                if (Thread.interrupted()) { // the condition itself prefers the change
                    throw new InterruptedException();
                }
                found = value.get();
            }
            changed.signalAll();
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until the condition holds or the time is over; returns whether it holds. */
    boolean await(BooleanSupplier condition, int millis) throws InterruptedException {
        var left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (!condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until the condition holds, for the server's own threads, which nobody interrupts. */
    void awaitUninterruptibly(BooleanSupplier condition) {
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
