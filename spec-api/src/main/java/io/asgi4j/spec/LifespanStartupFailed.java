package io.asgi4j.spec;

import java.util.Objects;

/**
 * The application cannot start: the server reports the message and ends with an error. Answers {@link LifespanStartup}.
 *
 * <p>Rules: {@code lifespan.startup.failed}.
 *
 * @param message what went wrong, perhaps empty
 */
public record LifespanStartupFailed(String message) implements OutboundEvent {

    /** Checks that the message is there. */
    public LifespanStartupFailed {
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String type() {
        return "lifespan.startup.failed";
    }
}
