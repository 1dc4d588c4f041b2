package io.asgi4j.samples.minimal;

import io.asgi4j.spec.*;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What server and application tell each other at start and end: the tables of SPEC.md, "Lifespan". */
final class Lifespan extends Exchange<Lifespan.Stage> {
    /** Whether an application that has no lifespan is served all the same, is refused, or is never asked. */
    enum Mode {
        AUTO,
        ON,
        OFF
    }

    enum Stage {
        STARTING,
        SERVING,
        SHUTTING_DOWN,
        FINISHED
    }

    /** What the application puts there at its start; each exchange gets a copy. */
    final State state = new State();

    private final Mode mode;
    private boolean startupTold;
    private boolean shutdownBegun;
    private @Nullable Thread thread;

    /** What went wrong, or null. */
    volatile @Nullable String problem;

    Lifespan(MinimalServer server, Mode mode) {
        super(server, new Monitor(), Stage.STARTING);
        this.mode = mode;
    }

    /** Blocks until the application has started or failed to, or turned out to have no lifespan. */
    void start(Application application) throws InterruptedException {
        if (mode == Mode.OFF) {
            return;
        }
        var scope = new LifespanScope(AsgiVersion.LIFESPAN, state, Extensions.none());
        thread = Thread.ofVirtual().name("asgi-lifespan").start(() -> call(application, scope));
        if (!monitor.await(() -> stage != Stage.STARTING, server.limit(Limit.STARTUP_MILLIS))) {
            problem = "the application took too long to start";
        }
        if (problem != null) {
            monitor.change(() -> stage = Stage.FINISHED);
            thread.interrupt();
        }
    }

    /** Blocks until the application has shut down. */
    void shutDown() throws InterruptedException {
        monitor.change(() -> {
            shutdownBegun = stage == Stage.SERVING;
            stage = shutdownBegun ? Stage.SHUTTING_DOWN : Stage.FINISHED;
        });
        if (!monitor.await(() -> stage == Stage.FINISHED, server.limit(Limit.SHUTDOWN_MILLIS))) {
            MinimalServer.LOG.log(Level.ERROR, "the application took too long to shut down");
        }
        if (thread != null
                && !(shutdownBegun && thread.join(Duration.ofMillis(server.limit(Limit.INTERRUPTED_MILLIS))))) {
            thread.interrupt();
        }
    }

    // the rest is under the monitor

    @Override
    @Nullable
    InboundEvent next() {
        if (!startupTold) {
            startupTold = true;
            return new LifespanStartup();
        }
        return shutdownBegun ? new LifespanShutdown() : null;
    }

    @Override
    void take(OutboundEvent event) {
        switch (event) {
            case LifespanStartupComplete complete when stage == Stage.STARTING -> stage = Stage.SERVING;
            case LifespanStartupFailed failed when stage == Stage.STARTING -> fail(failed.message());
            case LifespanShutdownComplete complete when stage == Stage.SHUTTING_DOWN -> stage = Stage.FINISHED;
            case LifespanShutdownFailed failed when stage == Stage.SHUTTING_DOWN -> fail(failed.message());
            default -> throw illegal(event);
        }
    }

    private void fail(String message) {
        stage = Stage.FINISHED;
        problem = "the application failed to start or to shut down: " + message;
        MinimalServer.LOG.log(Level.ERROR, problem);
    }

    @Override
    boolean end(@Nullable Throwable failure) {
        var tooEarly = stage == Stage.SHUTTING_DOWN;
        if (mode == Mode.ON && stage == Stage.STARTING) {
            fail("it has no lifespan");
        } else if (mode == Mode.ON && stage == Stage.SERVING && failure != null) {
            fail("its lifespan has ended");
            Thread.ofPlatform().name("asgi-shutdown").start(server::shutDown);
        }
        stage = Stage.FINISHED;
        return tooEarly;
    }

    @Override
    boolean isExpected(Throwable failure) {
        return failure instanceof UnsupportedScopeException || failure instanceof InterruptedException;
    }
}
