package io.asgi4j.server.netty.loop;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the threads of one turn of an event loop together, at its end.
 *
 * <p>Each start from outside the default scheduler may wake a carrier, which on a busy machine takes the processor from the
 * loop before it has read the next connection. So one thread is started from here, and that one starts the others where a
 * start is a push to the carrier's own queue; other carriers still come for their share.
 *
 * <p>Owned by its event loop.
 */
final class TurnStarts {
    private final EventExecutor loop;
    private List<Thread> threads = new ArrayList<>();

    TurnStarts(EventExecutor loop) {
        this.loop = loop;
    }

    void add(Thread thread) {
        assert loop.inEventLoop();
        threads.add(thread);
        if (threads.size() == 1) {
            loop.execute(this::startAll);
        }
    }

    private void startAll() {
        if (threads.size() == 1) {
            threads.removeLast().start();
            return;
        }
        var batch = threads;
        threads = new ArrayList<>(batch.size());
        Thread.startVirtualThread(() -> batch.forEach(Thread::start));
    }
}
