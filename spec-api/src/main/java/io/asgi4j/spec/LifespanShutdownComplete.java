package io.asgi4j.spec;

/**
 * The application has cleaned up: the server may end. Answers {@link LifespanShutdown}.
 *
 * <p>Rules: {@code lifespan.shutdown.awaited}.
 */
public record LifespanShutdownComplete() implements OutboundEvent {

    @Override
    public String type() {
        return "lifespan.shutdown.complete";
    }
}
