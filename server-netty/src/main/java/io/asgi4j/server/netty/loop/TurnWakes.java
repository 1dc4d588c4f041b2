package io.asgi4j.server.netty.loop;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts and wakes the applications' threads of one turn of an event loop together, at its end.
 *
 * <p>Each of them that comes to the default scheduler from outside may wake a carrier, which on a busy machine takes the
 * processor from the loop before it has read the next connection. So one thread is started from here, and that one starts
 * and wakes the others where this is a push to the carrier's own queue; other carriers still come for their share.
 *
 * <p>Called by any thread; what waits for the end of the turn is owned by the event loop.
 */
final class TurnWakes {
    private final EventExecutor loop;
    private List<Runnable> wakes = new ArrayList<>();

    TurnWakes(EventExecutor loop) {
        this.loop = loop;
    }

    void start(Thread thread) {
        if (loop.inEventLoop()) {
            add(thread::start);
        } else {
            thread.start();
        }
    }

    void unpark(Thread thread) {
        if (loop.inEventLoop()) {
            add(() -> LockSupport.unpark(thread));
        } else {
            LockSupport.unpark(thread);
        }
    }

    private void add(Runnable wake) {
        wakes.add(wake);
        if (wakes.size() == 1) {
            try {
                loop.execute(this::wakeAll);
            } catch (RejectedExecutionException lastTurn) {
                wakeAll();
            }
        }
    }

    private void wakeAll() {
        if (wakes.size() == 1) {
            wakes.removeLast().run();
            return;
        }
        var batch = wakes;
        wakes = new ArrayList<>(batch.size());
        Thread.startVirtualThread(() -> batch.forEach(Runnable::run));
    }
}
