package io.asgi4j.server.netty.loop;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bounded end of a group of loops. */
final class Termination {
    /** Long enough for loops that are merely busy; a process that is told to end must not hang on one that is held. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Logger LOGGER = LoggerFactory.getLogger(Termination.class);

    private Termination() {}

    /** Closes the group's channels, runs the tasks that are due, and waits for its loops to end, {@link #LIMIT} at most. */
    static void await(EventLoopGroup group) {
        var terminated = group.shutdownGracefully(0, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (!terminated.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.warn(
                        "An event loop did not end within {} s, since something holds it; it is left behind.",
                        LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
