package io.asgi4j.server.netty;

import io.asgi4j.server.netty.listener.Listener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Stops a server's listener and waits until its connections have ended, unless somebody is in a hurry.
 *
 * <p>One thread awaits; any thread may hurry. The lock is never held while one waits.
 */
final class Drain {
    private final Listener listener;
    private @Nullable Thread waiting;
    private boolean hurried;

    Drain(Listener listener) {
        this.listener = listener;
    }

    /**
     * Stops the listener and blocks until all connections have ended, at the latest some seconds after the grace period or
     * after somebody hurried.
     *
     * @throws InterruptedException never in practice: the thread's interruption is this class's own business
     */
    void await(Duration delay, Duration grace) throws InterruptedException {
        begin();
        try {
            listener.announceStop(delay);
            listener.stopAccepting();
            listener.drain(grace);
        } catch (InterruptedException hurry) {
            listener.stopAccepting();
            listener.drain(Duration.ZERO);
        } finally {
            end();
        }
    }

    /** Interrupts applications and closes connections at once, now or as soon as they are awaited. */
    synchronized void hurry() {
        if (!hurried && waiting != null) {
            waiting.interrupt();
        }
        hurried = true;
    }

    private synchronized void begin() {
        waiting = Thread.currentThread();
        if (hurried) {
            waiting.interrupt();
        }
    }

    private synchronized void end() {
        waiting = null;
        // a hurry that came too late must not interrupt what follows
        var unused = Thread.interrupted();
    }
}
