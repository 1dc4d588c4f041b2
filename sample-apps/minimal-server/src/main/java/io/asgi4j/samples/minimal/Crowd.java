package io.asgi4j.samples.minimal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What is there at the moment, and whose end can be waited for.
 *
 * <p>Thread ownership: guarded by its own lock, under which nobody else's code runs.
 */
final class Crowd<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final Set<T> members = new HashSet<>();

    void add(T member) {
        lock.lock();
        try {
            members.add(member);
        } finally {
            lock.unlock();
        }
    }

    void remove(T member) {
        lock.lock();
        try {
            members.remove(member);
            if (members.isEmpty()) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void forEach(Consumer<T> action) {
        List<T> present;
        lock.lock();
        try {
            present = List.copyOf(members);
        } finally {
            lock.unlock();
        }
        present.forEach(action);
    }

    /** Blocks until nobody is there or the time, as {@link System#nanoTime} has it, is over. */
    void awaitNone(long deadline) throws InterruptedException {
        lock.lock();
        try {
            for (var left = deadline - System.nanoTime();
                    !members.isEmpty() && left > 0;
                    left = deadline - System.nanoTime()) {
                empty.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
