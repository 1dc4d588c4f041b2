package io.asgi4j.samples.minimal;

import io.asgi4j.spec.*;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.*;
import org.jspecify.annotations.Nullable;

/** What server and application tell each other at start and end: the tables of SPEC.md, "Lifespan". Any thread may call. */
final class Lifespan implements Send {
    /** What the application puts there at its start; each exchange gets a copy. */
    final State state = new State();

    private final MinimalServer server;
    private final Thread thread = Thread.ofVirtual().unstarted(this::call);
    private final Inbox inbox = new Inbox(1);
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile boolean ending;

    Lifespan(MinimalServer server) {
        this.server = server;
        inbox.add(new LifespanStartup());
    }

    /** Blocks until the application has started, or turned out to have no lifespan. */
    void start() {
        thread.start();
        started.orTimeout(server.limit(Limit.LIFESPAN_MILLIS), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Blocks until the application has shut down, and says so if it could not. */
    void shutDown() throws InterruptedException {
        if (started.state() == Future.State.SUCCESS && !ended.isDone()) {
            ending = true;
            inbox.end(new LifespanShutdown(), false);
            thread.join(Duration.ofMillis(server.limit(Limit.LIFESPAN_MILLIS)));
        }
        thread.interrupt();
        ended.getNow(null);
    }

    @Override
    public void send(OutboundEvent event) {
        var isLegal = switch (event) {
            case LifespanStartupComplete complete -> started.complete(null);
            case LifespanStartupFailed failed -> fail(started, failed.message());
            case LifespanShutdownComplete complete -> ending && ended.complete(null);
            case LifespanShutdownFailed failed -> ending && fail(ended, failed.message());
            default -> false;
        };
        if (!isLegal) {
            throw new IllegalEventException(ending ? "in the shutdown" : "while starting or serving", event);
        }
    }

    private static boolean fail(CompletableFuture<?> answer, String message) {
        MinimalServer.LOG.log(Level.ERROR, "the application has failed to start or to shut down: {0}", message);
        return answer.completeExceptionally(new IllegalStateException(message));
    }

    private void call() {
        try {
            server.application.handle(new LifespanScope(AsgiVersion.LIFESPAN, state, Extensions.none()), inbox, this);
        } catch (UnsupportedScopeException none) {
            // The application has no lifespan, which it may.
        } catch (Throwable failure) { // may be anything
            MinimalServer.LOG.log(Level.ERROR, "the application's lifespan has failed", failure);
        }
        started.complete(null);
        if (ended.complete(null) && ending) {
            MinimalServer.LOG.log(
                    Level.ERROR, "the application's lifespan has ended without an answer to the shutdown");
        }
    }
}
