package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A signal that the server sets once.
 *
 * <p>All state is guarded by {@code lock}. Actions run on the given executor, never on the thread that sets the signal:
 * that is an event loop, and the actions are the application's.
 */
public final class SettableSignal implements Signal {
    private static final Logger LOG = LoggerFactory.getLogger(SettableSignal.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Executor actionExecutor;
    private final List<Runnable> actions = new ArrayList<>(0);
    private volatile boolean set;

    public SettableSignal(Executor actionExecutor) {
        this.actionExecutor = actionExecutor;
    }

    /** Sets the signal; a second time does nothing. Never blocks on the application. */
    public void set() {
        List<Runnable> due;
        lock.lock();
        try {
            if (set) {
                return;
            }
            set = true;
            changed.signalAll();
            due = List.copyOf(actions);
            actions.clear();
        } finally {
            lock.unlock();
        }
        due.forEach(action -> actionExecutor.execute(() -> run(action)));
    }

    @Override
    public boolean isSet() {
        return set;
    }

    @Override
    public void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!set) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(Duration limit) throws InterruptedException {
        var left = TimeUnit.NANOSECONDS.convert(limit);
        lock.lockInterruptibly();
        try {
            while (!set && left > 0) {
                left = changed.awaitNanos(left);
            }
            return set;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onSet(Runnable action) {
        lock.lock();
        try {
            if (!set) {
                actions.add(action);
                return;
            }
        } finally {
            lock.unlock();
        }
        run(action);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOG.error("Exception in an action that an application registered with a signal", failure);
        }
    }
}
