package io.asgi4j.server.netty.lifespan;

import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.LifespanShutdown;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanShutdownFailed;
import io.asgi4j.spec.LifespanStartup;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.LifespanStartupFailed;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events of one lifespan scope and the order in which they are allowed.
 *
 * <p>Belongs to no thread: everything is guarded by {@link #lock}, which is never held while the application runs.
 */
final class LifespanExchange implements Receive, Send {
    /** What the application answered to an event of the server. */
    sealed interface Answer {
        record Complete() implements Answer {}

        record Failed(String message) implements Answer {}

        /** Its call returned, or threw, without an answer. */
        record Ended(@Nullable Throwable thrown) implements Answer {}

        record Late() implements Answer {}
    }

    private enum Phase {
        STARTING("during start-up"),
        RUNNING("before lifespan.shutdown"),
        STOPPING("during shutdown"),
        OVER("after the end of the lifespan");

        private final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Phase phase = Phase.STARTING;
    private @Nullable Answer answer;
    private boolean startupReceived;
    private boolean shutdownSent;
    private boolean receiving;
    private boolean callEnded;

    @Override
    public InboundEvent receive() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (receiving) {
                throw new IllegalStateException("another thread is waiting in receive()");
            }
            if (!startupReceived) {
                startupReceived = true;
                return new LifespanStartup();
            }
            awaitShutdown();
            return new LifespanShutdown();
        } finally {
            lock.unlock();
        }
    }

    private void awaitShutdown() throws InterruptedException {
        receiving = true;
        try {
            while (!shutdownSent) {
                if (phase == Phase.OVER) {
                    throw new InterruptedException("the lifespan ended without a shutdown");
                }
                changed.await();
            }
        } finally {
            receiving = false;
        }
    }

    @Override
    public void send(OutboundEvent event) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            switch (event) {
                case LifespanStartupComplete complete
                when phase == Phase.STARTING -> answer(new Answer.Complete(), Phase.RUNNING);
                case LifespanStartupFailed failed
                when phase == Phase.STARTING -> answer(new Answer.Failed(failed.message()), Phase.OVER);
                case LifespanShutdownComplete complete
                when phase == Phase.STOPPING -> answer(new Answer.Complete(), Phase.OVER);
                case LifespanShutdownFailed failed
                when phase == Phase.STOPPING -> answer(new Answer.Failed(failed.message()), Phase.OVER);
                case OutboundEvent other -> throw new IllegalEventException(phase.words, other);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the application's answer to {@code lifespan.startup}, at most for the limit. */
    Answer startup(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return awaitAnswer(limit);
        } finally {
            lock.unlock();
        }
    }

    /** Sends {@code lifespan.shutdown} and waits for the application's answer, at most for the limit. */
    Answer shutdown(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (callEnded) {
                return new Answer.Ended(null);
            }
            answer = null;
            shutdownSent = true;
            phase = Phase.STOPPING;
            changed.signalAll();
            return awaitAnswer(limit);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells that the application's call is over.
     *
     * @return whether it ended in between: after start-up completed and before shutdown
     */
    boolean ended(@Nullable Throwable thrown) {
        lock.lock();
        try {
            var between = phase == Phase.RUNNING;
            callEnded = true;
            // an answer given before is not lost: start-up may have completed a moment ago, unread
            answer(answer == null ? new Answer.Ended(thrown) : answer, Phase.OVER);
            return between;
        } finally {
            lock.unlock();
        }
    }

    private void answer(Answer given, Phase next) {
        answer = given;
        phase = next;
        changed.signalAll();
    }

    private Answer awaitAnswer(Duration limit) throws InterruptedException {
        var left = limit.toNanos();
        while (answer == null && left > 0) {
            left = changed.awaitNanos(left);
        }
        if (answer == null) {
            phase = Phase.OVER;
            changed.signalAll();
            return new Answer.Late();
        }
        return answer;
    }
}
