package io.asgi4j.tck;

import io.asgi4j.spec.Application;
import java.util.Optional;
import java.util.Set;

/**
 * Starts the server that is to be judged, in the process of the kit.
 *
 * <p>A module under judgement has exactly one, found by {@link java.util.ServiceLoader}, or it is returned by the test class. Most
 * scenarios share one server; those that need other options, or see it stop, get one of their own, so several servers may run at a
 * time.
 */
public interface ServerProvider {
    /**
     * Starts a server on a free port of the loopback interface and blocks until it accepts connections and its application's
     * lifespan start-up is over.
     *
     * @param application what the server is to call
     * @param options what this server must do differently from its defaults; only options among {@link #startOptions()}
     * @throws Exception if the server refuses to start, for example since the application's start-up failed
     */
    ServerUnderTest start(Application application, StartOptions options) throws Exception;

    /**
     * What servers of this provider have told their operator so far, such as lines of a log, each server after the other or mixed; empty
     * if that cannot be seen. Then scenarios about it are reported as not testable.
     */
    default Optional<String> log() {
        return Optional.empty();
    }

    /** The options that this provider can set. A scenario that needs another one is reported as not declared. */
    default Set<StartOption> startOptions() {
        return Set.of();
    }
}
