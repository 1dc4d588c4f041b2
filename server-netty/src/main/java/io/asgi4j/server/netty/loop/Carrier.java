package io.asgi4j.server.netty.loop;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One platform thread that runs virtual threads only, those of one event loop: the scheduler of the loop itself and of its
 * applications.
 *
 * <p>{@link #execute} and {@link #call} may be called from anywhere. Everything else belongs to the platform thread, also called the
 * carrier: it is done by that thread itself or by a virtual thread mounted on it, so nothing here runs at the same time.
 *
 * <p>The platform thread takes no lock and writes no log: a virtual thread of its own could hold the lock, and then neither
 * would ever run again.
 */
final class Carrier implements Executor, Confinement {
    private static final Logger LOGGER = LoggerFactory.getLogger(Carrier.class);

    /** What the platform thread does, as far as who schedules a continuation must know. */
    private enum State {
        /** It runs continuations, or will look for them before it rests: nobody need wake it. */
        RUNNING,
        /** The loop's virtual thread is in the selector, or about to be, and holds the platform thread meanwhile. */
        SELECTING,
        /** Every virtual thread waits for something, the loop's too: the platform thread is parked. */
        PARKED,
        /** Retired and out of work: there is no platform thread any more. */
        ENDED
    }

    private final String name;
    private final Runnable selectorWakeup;
    private final ArrayDeque<Runnable> local = new ArrayDeque<>();
    private final Queue<Runnable> remote = new ConcurrentLinkedQueue<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final AtomicLong turns = new AtomicLong();
    private volatile @Nullable Thread thread;
    private boolean retired;

    /**
     * A carrier whose thread is running.
     *
     * @param selectorWakeup lets the loop return from its selector; called from any thread
     */
    Carrier(String name, Runnable selectorWakeup) {
        this.name = name;
        this.selectorWakeup = selectorWakeup;
        start();
    }

    /**
     * Takes a continuation of one of this carrier's virtual threads.
     *
     * <p>From the carrier itself that is an entry in a queue and no more. From elsewhere the carrier is woken if it rests.
     * No wake-up is lost: here the continuation is queued first and the state read after; the carrier
     * publishes its rest first and looks into the queue after. One of the two sees the other.
     */
    @Override
    public void execute(Runnable continuation) {
        if (isCurrent()) {
            local.add(continuation);
            return;
        }
        remote.add(continuation);
        if (state.get() != State.RUNNING) {
            switch (state.getAndSet(State.RUNNING)) {
                case SELECTING -> selectorWakeup.run();
                case PARKED -> LockSupport.unpark(thread);
                case ENDED -> start();
                case RUNNING -> {
                    // somebody else has woken it in between
                }
            }
        }
    }

    /** Whether the caller runs on this carrier. */
    boolean isCurrent() {
        return VirtualThreads.currentCarrier() == thread;
    }

    @Override
    public boolean admits() {
        return isCurrent();
    }

    @Override
    public void enter() {
        assert isCurrent();
    }

    @Override
    public void exit() {
        assert isCurrent();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // here the yield is no hint: the scheduler is ours
    public boolean letOthersRun() {
        if (!hasContinuations()) {
            return false;
        }
        Thread.yield();
        return true;
    }

    @Override
    public void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }

    @Override
    public <T> T call(Call<T> call) throws IOException, InterruptedException {
        return isCurrent() ? call.call() : new Errand<>(this, call).run();
    }

    /** Whether a virtual thread waits for its turn. */
    boolean hasContinuations() {
        assert isCurrent();
        return !local.isEmpty() || !remote.isEmpty();
    }

    /**
     * Whether the loop may block in its selector; publishes that it is about to.
     *
     * <p>The loop asks between telling its I/O handler that it can be woken and blocking, hence a continuation that
     * comes too late to be seen here wakes the selector.
     */
    boolean mayBlock() {
        assert isCurrent();
        state.set(State.SELECTING);
        return !hasContinuations();
    }

    /** Marks the begin of another turn: of a continuation, or of the loop once it has left its selector. */
    void beginTurn() {
        assert isCurrent();
        turns.setOpaque(turns.getPlain() + 1);
        if (state.getPlain() != State.RUNNING) {
            // a late sight of this costs who schedules a needless wake-up and nothing else
            state.setRelease(State.RUNNING);
        }
    }

    /** Lets the platform thread end when no virtual thread is runnable; if one becomes so later, it gets another. */
    void retire() {
        assert isCurrent();
        retired = true;
    }

    /** How many turns there have been; from any thread. While {@link #isBusy()} and this stays the same, one turn lasts. */
    long turns() {
        return turns.getOpaque();
    }

    /** Whether a continuation runs, other than one that waits in the selector; from any thread. */
    boolean isBusy() {
        return state.get() == State.RUNNING;
    }

    @Override
    public String toString() {
        return name;
    }

    private void start() {
        thread = Thread.ofPlatform().name(name).daemon(false).unstarted(this::carry);
        thread.start();
    }

    private void carry() {
        do {
            for (var next = next(); next != null; next = next()) {
                run(next);
            }
        } while (rest());
    }

    /** Those from elsewhere queue up before each turn, lest they wait for ever behind local ones that yield and yield. */
    private @Nullable Runnable next() {
        for (var continuation = remote.poll(); continuation != null; continuation = remote.poll()) {
            local.add(continuation);
        }
        return local.poll();
    }

    private void run(Runnable continuation) {
        beginTurn();
        try {
            continuation.run();
        } catch (Throwable e) {
            Thread.startVirtualThread(() -> LOGGER.error("A virtual thread on {} could not go on.", name, e));
        }
    }

    /** Waits for a continuation; false if this thread must end. */
    private boolean rest() {
        if (retired) {
            state.set(State.ENDED);
            return !remote.isEmpty() && state.compareAndSet(State.ENDED, State.RUNNING);
        }
        state.set(State.PARKED);
        while (remote.isEmpty() && state.get() == State.PARKED) {
            LockSupport.park(this);
        }
        return true;
    }
}
