package io.asgi4j.spec;

import java.util.Objects;

/**
 * The application could not clean up: the server reports the message and ends. Answers {@link LifespanShutdown}.
 *
 * <p>Rules: {@code lifespan.shutdown.failed}.
 *
 * @param message what went wrong, perhaps empty
 */
public record LifespanShutdownFailed(String message) implements OutboundEvent {

    /** Checks that the message is there. */
    public LifespanShutdownFailed {
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String type() {
        return "lifespan.shutdown.failed";
    }
}
