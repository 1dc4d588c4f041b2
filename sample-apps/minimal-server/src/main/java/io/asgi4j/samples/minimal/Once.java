package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Signal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A signal that the server sets. Any thread may call, and none has to wait. */
final class Once implements Signal {
    private final CountDownLatch latch = new CountDownLatch(1);
    private final CompletableFuture<?> actions = new CompletableFuture<>();

    void set() {
        actions.complete(null);
        latch.countDown();
    }

    @Override
    public boolean isSet() {
        return actions.isDone();
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
        Objects.requireNonNull(action, "action");
        actions.thenRunAsync(() -> run(action), isSet() ? Runnable::run : Thread::startVirtualThread);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) { // an application's action may throw whatever it likes
            MinimalServer.LOG.log(Level.ERROR, "an action of a signal failed", failure);
        }
    }
}
