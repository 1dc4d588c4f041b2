package io.asgi4j.samples.minimal;

import io.asgi4j.spec.*;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What server and application tell each other at start and end: the tables of SPEC.md, "Lifespan". Any thread may call. */
final class Lifespan implements Send {
    /** Whether an application that has no lifespan is served all the same, is refused, or is never asked. */
    enum Mode {
        AUTO,
        ON,
        OFF
    }

    private enum Stage {
        STARTING,
        SERVING,
        SHUTTING_DOWN,
        FINISHED
    }

    /** What the application puts there at its start; each exchange gets a copy. */
    final State state = new State();

    private final MinimalServer server;
    private final Mode mode;
    private final Thread thread = Thread.ofVirtual().unstarted(this::call);
    private final Inbox inbox = new Inbox(1);
    private final Once started = new Once();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.STARTING);
    private volatile @Nullable String problem;

    Lifespan(MinimalServer server, Mode mode) {
        this.server = server;
        this.mode = mode;
        inbox.add(new LifespanStartup());
    }

    /** Blocks until the application has started, or turned out to have no lifespan. */
    void start() throws InterruptedException {
        if (mode != Mode.OFF) {
            thread.start();
            if (!started.await(Duration.ofMillis(server.limit(Limit.LIFESPAN_MILLIS)))) {
                fail(Stage.STARTING, "it took too long to start");
            }
            requireNoProblem();
        }
    }

    /** Blocks until the application has shut down. */
    void shutDown() throws InterruptedException {
        if (stage.compareAndSet(Stage.SERVING, Stage.SHUTTING_DOWN)) {
            inbox.end(new LifespanShutdown(), false);
            thread.join(Duration.ofMillis(server.limit(Limit.LIFESPAN_MILLIS)));
        }
        thread.interrupt();
    }

    void requireNoProblem() {
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
    }

    private void call() {
        try {
            var scope = new LifespanScope(AsgiVersion.LIFESPAN, state, Extensions.none());
            server.application.handle(scope, inbox, this);
            end(null);
        } catch (Throwable failure) { // may be anything
            end(failure);
        }
    }

    @Override
    public void send(OutboundEvent event) {
        var isLegal = switch (event) {
            case LifespanStartupComplete complete -> stage.compareAndSet(Stage.STARTING, Stage.SERVING);
            case LifespanStartupFailed failed -> fail(Stage.STARTING, failed.message());
            case LifespanShutdownComplete complete -> stage.compareAndSet(Stage.SHUTTING_DOWN, Stage.FINISHED);
            case LifespanShutdownFailed failed -> fail(Stage.SHUTTING_DOWN, failed.message());
            default -> false;
        };
        if (!isLegal) {
            throw new IllegalEventException("in the stage " + stage, event);
        }
        started.set();
    }

    private void end(@Nullable Throwable failure) {
        if (stage.get() == Stage.SHUTTING_DOWN || !(failure == null || failure instanceof UnsupportedScopeException)) {
            MinimalServer.LOG.log(Level.ERROR, "the lifespan has ended in the stage " + stage, failure);
        }
        if (mode == Mode.ON) {
            fail(Stage.STARTING, "it has no lifespan");
            if (failure != null && fail(Stage.SERVING, "its lifespan has ended")) {
                Thread.startVirtualThread(server::shutDown);
            }
        }
        stage.set(Stage.FINISHED);
        started.set();
    }

    /** Finishes in that stage, and in no other. */
    private boolean fail(Stage in, String message) {
        if (!stage.compareAndSet(in, Stage.FINISHED)) {
            return false;
        }
        problem = "the application failed to start or to shut down: " + message;
        MinimalServer.LOG.log(Level.ERROR, problem);
        return true;
    }
}
