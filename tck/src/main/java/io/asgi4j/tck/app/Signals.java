package io.asgi4j.tck.app;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The driver's signals of one scenario. Any thread may call any method; the fields belong to whoever holds the lock. */
final class Signals {
    /** How many different signals a driver may give. */
    static final int MAX_SIGNALS = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> given = new HashSet<>();
    private boolean closed;

    /** Gives a signal for good; tells whether there was room for it. */
    boolean give(String name) {
        lock.lock();
        try {
            if (given.size() >= MAX_SIGNALS) {
                return given.contains(name);
            }
            given.add(name);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waits, now and later. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a signal; returns false if it never comes, since the scenario was deleted. */
    boolean await(String name) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && !given.contains(name)) {
                changed.await();
            }
            return given.contains(name);
        } finally {
            lock.unlock();
        }
    }
}
