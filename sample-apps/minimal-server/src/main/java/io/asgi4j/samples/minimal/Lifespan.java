package io.asgi4j.samples.minimal;

import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.Extensions;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanShutdown;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanShutdownFailed;
import io.asgi4j.spec.LifespanStartup;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.LifespanStartupFailed;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.State;
import io.asgi4j.spec.UnsupportedScopeException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What server and application tell each other at start and end, in the mode auto.
 *
 * <p>Thread ownership: guarded by its own lock, of which whoever waits lets go. The lock is also what makes the
 * application's start-up visible to all calls.
 *
 * <p>Keeps: {@code lifespan.*}, {@code threads.startup-visible}, {@code state.untouched}.
 */
final class Lifespan implements Exchange {
    /** How far it is; the text ends the sentence that refuses an event. */
    private enum Stage {
        STARTING("before lifespan.startup.complete"),
        SERVING("before lifespan.shutdown"),
        SHUTTING_DOWN("in the shutdown"),
        FINISHED("after the end of the lifespan");

        private final String text;

        Stage(String text) {
            this.text = text;
        }
    }

    private static final Logger LOG = System.getLogger(Lifespan.class.getName());

    private final Limits limits;
    private final State state = new State();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private Stage stage = Stage.STARTING;
    private boolean receiving;
    private boolean startupTold;
    private boolean callEnded;
    private boolean serverEnded;

    /** Whether the application is told of the shutdown: it is not if its start-up failed, or it has no lifespan. */
    private boolean shutdownToTell;

    private @Nullable String startupFailure;
    private @Nullable Thread call;

    Lifespan(Limits limits) {
        this.limits = limits;
    }

    /** What the application has put there during its start-up. */
    State state() {
        return state;
    }

    /** Blocks until the application has started, or turned out to have no lifespan. */
    void start(Calls calls) throws StartupException, InterruptedException {
        var deadline = limits.deadline(Limit.STARTUP_MILLIS);
        call = calls.startLifespan(new LifespanScope(AsgiVersion.LIFESPAN, state, Extensions.none()), this);
        lock.lock();
        try {
            while (stage == Stage.STARTING && !callEnded) {
                var nanos = deadline - System.nanoTime();
                if (nanos <= 0) {
                    startupFailure = "the application took too long to start";
                    stage = Stage.FINISHED;
                    interruptCall();
                    break;
                }
                changed.awaitNanos(nanos);
            }
            if (startupFailure != null) {
                throw new StartupException(startupFailure);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until the application has shut down, and ends the lifespan. */
    void end() throws InterruptedException {
        var deadline = limits.deadline(Limit.SHUTDOWN_MILLIS);
        lock.lock();
        try {
            if (stage == Stage.SERVING) {
                stage = Stage.SHUTTING_DOWN;
                shutdownToTell = true;
                changed.signalAll();
            }
            while (stage == Stage.SHUTTING_DOWN && !callEnded) {
                var nanos = deadline - System.nanoTime();
                if (nanos <= 0) {
                    LOG.log(Level.ERROR, "the application took too long to shut down");
                    interruptCall();
                    break;
                }
                changed.awaitNanos(nanos);
            }
        } finally {
            serverEnded = true;
            stage = Stage.FINISHED;
            changed.signalAll();
            lock.unlock();
        }
    }

    private void interruptCall() {
        if (call != null) {
            call.interrupt();
        }
    }

    @Override
    public InboundEvent receive() throws InterruptedException {
        lock.lock();
        try {
            if (receiving) {
                throw new IllegalStateException("another receive of the lifespan is in progress");
            }
            if (!startupTold) {
                startupTold = true;
                return new LifespanStartup();
            }
            receiving = true;
            try {
                while (!shutdownToTell) {
                    if (serverEnded) {
                        throw new InterruptedException("the server has ended");
                    }
                    changed.await();
                }
                return new LifespanShutdown();
            } finally {
                receiving = false;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(OutboundEvent event) {
        Objects.requireNonNull(event, "event");
        lock.lock();
        try {
            if (event instanceof LifespanStartupComplete && stage == Stage.STARTING) {
                stage = Stage.SERVING;
            } else if (event instanceof LifespanStartupFailed failed && stage == Stage.STARTING) {
                startupFailure = failed.message().isEmpty() ? "the application did not start" : failed.message();
                stage = Stage.FINISHED;
            } else if (event instanceof LifespanShutdownComplete && stage == Stage.SHUTTING_DOWN) {
                stage = Stage.FINISHED;
            } else if (event instanceof LifespanShutdownFailed failed && stage == Stage.SHUTTING_DOWN) {
                LOG.log(Level.ERROR, "the application did not shut down well: " + failed.message());
                stage = Stage.FINISHED;
            } else {
                throw new IllegalEventException("in a lifespan, " + stage.text, event);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(@Nullable Throwable failure, boolean interrupted) {
        lock.lock();
        try {
            if (stage == Stage.STARTING) {
                var level = failure instanceof UnsupportedScopeException ? Level.DEBUG : Level.INFO;
                LOG.log(level, "the application has no lifespan" + (failure == null ? "" : ": " + failure));
            } else if (failure != null && !(serverEnded && failure instanceof InterruptedException)) {
                LOG.log(Level.ERROR, "the application's lifespan failed " + stage.text, failure);
            } else if (stage == Stage.SHUTTING_DOWN) {
                LOG.log(Level.WARNING, "the application's lifespan returned " + stage.text + " without an answer");
            }
            callEnded = true;
            stage = Stage.FINISHED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
