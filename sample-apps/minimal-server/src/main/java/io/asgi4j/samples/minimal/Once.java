package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Signal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A signal that the server sets.
 *
 * <p>Thread ownership: any thread may do anything. Actions run on a virtual thread of their own, so that whoever sets
 * the signal may hold a lock.
 *
 * <p>Keeps: {@code signals.set-for-good}, {@code signals.action-once}, {@code signals.action-failure-contained}.
 */
final class Once implements Signal {
    private static final Logger LOG = System.getLogger(Once.class.getName());

    private final CountDownLatch happened = new CountDownLatch(1);
    private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();

    void set() {
        if (isSet()) {
            return;
        }
        happened.countDown();
        if (!actions.isEmpty()) {
            Thread.ofVirtual().name("asgi-signal").start(this::runAll);
        }
    }

    private void runAll() {
        for (var action = actions.poll(); action != null; action = actions.poll()) {
            run(action);
        }
    }

    @Override
    public boolean isSet() {
        return happened.getCount() == 0;
    }

    @Override
    public void await() throws InterruptedException {
        happened.await();
    }

    @Override
    public boolean await(Duration limit) throws InterruptedException {
        return happened.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void onSet(Runnable action) {
        actions.add(Objects.requireNonNull(action, "action"));
        // Whoever takes the action out of the queue runs it: this thread, or the one that the setter started.
        if (isSet() && actions.remove(action)) {
            run(action);
        }
    }

    @SuppressWarnings("CatchingUnchecked") // an application's action may throw whatever it likes
    private static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "an action of a signal failed", failure);
        }
    }

    @Override
    public String toString() {
        return isSet() ? "set" : "not set";
    }
}
