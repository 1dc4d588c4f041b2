package io.asgi4j.server.netty.lifespan;

import io.asgi4j.server.netty.lifespan.LifespanExchange.Answer;
import io.asgi4j.server.netty.options.LifespanMode;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.Extensions;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.State;
import io.asgi4j.spec.UnsupportedScopeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's lifespan: one call on a virtual thread of its own, from before the first connection to after the
 * last.
 *
 * <p>{@link #start} and {@link #shutdown} block and are called once each, by the thread that starts or stops the
 * server.
 */
public final class Lifespan {
    private static final Logger LOG = LoggerFactory.getLogger("asgi4j");

    /** How long the call may go on after its last event before it is interrupted. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Application application;
    private final Options options;
    private final State state = new State();
    private final LifespanExchange exchange = new LifespanExchange();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Thread call = Thread.ofVirtual().name("lifespan").unstarted(this::call);

    private boolean spoken;

    private Lifespan(Application application, Options options) {
        this.application = application;
        this.options = options;
    }

    /**
     * Starts the application and waits until it is ready.
     *
     * @return the lifespan; one that does nothing if it is off, or if the application does not support it and need not
     * @throws LifespanException if the application said that it failed, took too long, or ended its call without an
     *     answer although lifespan is on; its call is over then, or was interrupted
     * @throws InterruptedException if the calling thread was interrupted; the application's thread is too
     */
    public static Lifespan start(Application application, Options options)
            throws LifespanException, InterruptedException {
        var lifespan = new Lifespan(application, options);
        if (options.get(ServerOptions.LIFESPAN) != LifespanMode.OFF) {
            lifespan.startUp();
        }
        return lifespan;
    }

    /** {@return the state of which every later scope gets a copy} */
    public State state() {
        return state;
    }

    /**
     * Runs an action once the application's call fails between start-up and shutdown although lifespan is on.
     *
     * @param action must not block; runs at once if the call has failed already
     */
    public void onFailure(Runnable action) {
        var unused = failure.thenRun(action);
    }

    /**
     * Tells the application that the server ends and waits until it has cleaned up.
     *
     * @return whether it did, or need not
     */
    public boolean shutdown() {
        if (!spoken) {
            return true;
        }
        LOG.info("Waiting for application shutdown.");
        try {
            return report(exchange.shutdown(options.get(ServerOptions.LIFESPAN_SHUTDOWN_TIMEOUT)));
        } catch (InterruptedException e) {
            call.interrupt();
            Thread.currentThread().interrupt();
            LOG.error("Application shutdown was interrupted.");
            return false;
        } finally {
            endCall();
        }
    }

    private void startUp() throws LifespanException, InterruptedException {
        LOG.info("Waiting for application startup.");
        call.start();
        try {
            spoken = isReady(exchange.startup(options.get(ServerOptions.LIFESPAN_STARTUP_TIMEOUT)));
        } catch (InterruptedException e) {
            call.interrupt();
            endCall();
            throw e;
        } catch (LifespanException e) {
            endCall();
            throw e;
        }
    }

    private boolean isReady(Answer answer) throws LifespanException {
        return switch (answer) {
            case Answer.Complete complete -> {
                LOG.info("Application startup complete.");
                yield true;
            }
            case Answer.Failed(String message) ->
                throw new LifespanException(sentence("the application could not start", message), null);
            case Answer.Late late -> {
                call.interrupt();
                throw new LifespanException(
                        "the application did not complete its start-up within "
                                + print(ServerOptions.LIFESPAN_STARTUP_TIMEOUT) + " (lifespan-startup-timeout)",
                        null);
            }
            case Answer.Ended(Throwable thrown) -> {
                if (options.get(ServerOptions.LIFESPAN) == LifespanMode.ON) {
                    throw refusal(thrown);
                }
                reportUnsupported(thrown);
                LOG.info("Application startup complete.");
                yield false;
            }
        };
    }

    private static LifespanException refusal(@Nullable Throwable thrown) {
        return switch (thrown) {
            case null ->
                new LifespanException(
                        "the application returned from its lifespan call without lifespan.startup.complete", null);
            case UnsupportedScopeException unsupported ->
                new LifespanException(
                        "the application does not support lifespan: serve it with lifespan auto or off", null);
            default ->
                new LifespanException(
                        sentence("the application failed in its lifespan call", thrown.toString()), thrown);
        };
    }

    /** A scope type refused on purpose is how ASGI says "unsupported"; anything else may well be a mistake. */
    private static void reportUnsupported(@Nullable Throwable thrown) {
        if (thrown == null || thrown instanceof UnsupportedScopeException) {
            LOG.debug("ASGI 'lifespan' protocol appears unsupported.");
        } else {
            LOG.warn("ASGI 'lifespan' protocol appears unsupported: the application's call failed.", thrown);
        }
    }

    private boolean report(Answer answer) {
        return switch (answer) {
            case Answer.Complete complete -> {
                LOG.info("Application shutdown complete.");
                yield true;
            }
            case Answer.Failed(String message) -> {
                LOG.error("{}.", sentence("Application shutdown failed", message));
                yield false;
            }
            case Answer.Late late -> {
                call.interrupt();
                LOG.error(
                        "The application did not complete its shutdown within {} (lifespan-shutdown-timeout).",
                        print(ServerOptions.LIFESPAN_SHUTDOWN_TIMEOUT));
                yield false;
            }
            case Answer.Ended(Throwable thrown) -> {
                if (thrown == null) {
                    LOG.warn("The application's lifespan call returned without lifespan.shutdown.complete.");
                } else {
                    LOG.error("Application shutdown failed.", thrown);
                }
                yield thrown == null;
            }
        };
    }

    private void call() {
        Throwable thrown = null;
        try {
            application.handle(new LifespanScope(AsgiVersion.LIFESPAN, state, Extensions.none()), exchange, exchange);
        } catch (Throwable e) {
            thrown = e;
        }
        if (exchange.ended(thrown) && thrown != null) {
            LOG.error(
                    "The application's lifespan call failed after start-up; it will not hear of the shutdown.", thrown);
            if (options.get(ServerOptions.LIFESPAN) == LifespanMode.ON) {
                failure.complete(thrown);
            }
        }
    }

    /** Lets the application's call run to its end, so that its own cleaning up is not cut off, but not for ever. */
    private void endCall() {
        try {
            if (call.join(LAST_WORDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        call.interrupt();
    }

    private String print(ServerOption<Duration> option) {
        return option.print(options.get(option));
    }

    private static String sentence(String what, String detail) {
        return detail.isBlank() ? what : what + ": " + detail;
    }
}
