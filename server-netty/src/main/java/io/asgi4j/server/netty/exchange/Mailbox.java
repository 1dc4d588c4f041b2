package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.loop.Confinement;
import io.asgi4j.server.netty.loop.TurnClock;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes one event loop for all exchanges that have something for it: one task and one flush per connection and turn,
 * however many events the applications sent meanwhile. A connection that has begun with another request may have its flush put off:
 * the application then gets a chance to answer that one too before both answers leave.
 *
 * <p>{@link #post} may be called by any thread that the confinement admits, everything else happens on the loop. What is
 * posted is touched inside the confinement.
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

    /** How often applications get another chance in one turn: as many pipelined requests are answered with one flush. */
    private static final int MAX_ROUNDS = 16;

    /** How long rounds may follow each other while everything else of the loop waits. */
    private static final long ROUNDS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final EventExecutor loop;
    private final Confinement confinement;
    private final TurnClock clock = new TurnClock();
    private ArrayDeque<Entry> posted = new ArrayDeque<>();
    /** Whether what is posted will be looked at without a word. */
    private boolean running;

    /** Flushes that were put off to the end of this turn; the loop's. */
    private final ArrayDeque<Runnable> late = new ArrayDeque<>();
    /** What this turn drains and then flushes; the loop's. */
    private ArrayDeque<Entry> turn = new ArrayDeque<>();

    /** Creates the mailbox of a loop. */
    public Mailbox(EventExecutor loop, Confinement confinement) {
        this.loop = loop;
        this.confinement = confinement;
    }

    /** Returns the loop that this mailbox wakes. */
    public EventExecutor loop() {
        return loop;
    }

    /** Returns the loop's clock, whose turn is that of this mailbox. Loop only. */
    public TurnClock clock() {
        return clock;
    }

    void post(Entry entry) {
        if (add(entry)) {
            schedule();
        }
    }

    /** Returns whether the loop has to be told. */
    private boolean add(Entry entry) {
        confinement.enter();
        try {
            posted.add(entry);
            return posted.size() == 1 && !running;
        } finally {
            confinement.exit();
        }
    }

    private void swap() {
        confinement.enter();
        try {
            running = true;
            var drained = turn;
            turn = posted;
            posted = drained;
        } finally {
            confinement.exit();
        }
    }

    private void schedule() {
        try {
            loop.execute(this);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("An application outlived its event loop, whose connections are closed", stopped);
        }
    }

    /** Returns whether something was posted meanwhile. */
    private boolean stop() {
        confinement.enter();
        try {
            running = false;
            return !posted.isEmpty();
        } finally {
            confinement.exit();
        }
    }

    /** Makes a flush wait until this turn ends, because more is likely to come. Only within {@link Entry#flush}. */
    public void putOff(Runnable flush) {
        assert loop.inEventLoop();
        late.add(flush);
    }

    @Override
    public void run() {
        assert loop.inEventLoop();
        try {
            round();
            if (!late.isEmpty()) {
                moreRounds();
            }
        } finally {
            if (stop()) {
                schedule();
            }
        }
    }

    private void moreRounds() {
        var begin = System.nanoTime();
        for (var rounds = 1;
                rounds < MAX_ROUNDS && System.nanoTime() - begin < ROUNDS_NANOS && confinement.letOthersRun();
                rounds++) {
            round();
        }
        for (var flush = late.poll(); flush != null; flush = late.poll()) {
            flush.run();
        }
    }

    private void round() {
        assert turn.isEmpty();
        swap();
        clock.beginTurn();
        try {
            for (var entry : turn) {
                drain(entry);
            }
        } finally {
            clock.endTurn();
        }
        for (var entry = turn.poll(); entry != null; entry = turn.poll()) {
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
