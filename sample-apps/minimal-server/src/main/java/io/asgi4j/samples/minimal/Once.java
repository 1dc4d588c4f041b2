package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Signal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A signal that the server sets. Any thread may do anything, also while it holds a monitor. */
final class Once implements Signal {
    private final CountDownLatch latch = new CountDownLatch(1);
    private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();

    void set() {
        latch.countDown();
        if (!actions.isEmpty()) {
            Thread.startVirtualThread(() -> actions.forEach(this::run));
        }
    }

    /** Whoever takes an action out of the queue runs it: the thread that registers it, or the one of the setter. */
    private void run(Runnable action) {
        try {
            if (actions.remove(action)) {
                action.run();
            }
        } catch (Throwable failure) { // an application's action may throw whatever it likes
            MinimalServer.LOG.log(Level.ERROR, "an action of a signal failed", failure);
        }
    }

    @Override
    public boolean isSet() {
        return latch.getCount() == 0;
    }

    @Override
    public void await() throws InterruptedException {
        latch.await();
    }

    @Override
    public boolean await(Duration limit) throws InterruptedException {
        return latch.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void onSet(Runnable action) {
        actions.add(Objects.requireNonNull(action, "action"));
        if (isSet()) {
            run(action);
        }
    }
}
