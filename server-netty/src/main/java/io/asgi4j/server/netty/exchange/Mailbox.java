package io.asgi4j.server.netty.exchange;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes one event loop for all exchanges that have something for it: one task and one flush per connection and turn,
 * however many events the applications sent meanwhile.
 *
 * <p>{@link #post} may be called from any thread; everything else happens on the loop.
 */
public final class Mailbox implements Runnable {

    /** Somebody with output for the event loop. */
    interface Entry {
        /** Hands over what is waiting. Called on the loop, once per {@link Mailbox#post} or less often. */
        void drain();

        /** Ends the exchange, because handing over failed. */
        void fail();

        /** Makes what was handed over leave. Called on the loop after the drains of this turn. */
        void flush();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final EventExecutor loop;
    private final Queue<Entry> posted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ArrayDeque<Entry> drained = new ArrayDeque<>();

    public Mailbox(EventExecutor loop) {
        this.loop = loop;
    }

    /** Returns the loop that this mailbox wakes. */
    public EventExecutor loop() {
        return loop;
    }

    void post(Entry entry) {
        posted.add(entry);
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        assert loop.inEventLoop();
        // Cleared before the queue is read: a post that comes later schedules another turn, none is lost.
        scheduled.set(false);
        for (var entry = posted.poll(); entry != null; entry = posted.poll()) {
            drain(entry);
            drained.add(entry);
        }
        for (var entry = drained.poll(); entry != null; entry = drained.poll()) {
            entry.flush();
        }
    }

    /** What goes wrong in one exchange must not cost the others their turn. */
    private static void drain(Entry entry) {
        try {
            entry.drain();
        } catch (RuntimeException failure) {
            LOG.error("Closing a connection after an unexpected exception", failure);
            entry.fail();
        }
    }
}
