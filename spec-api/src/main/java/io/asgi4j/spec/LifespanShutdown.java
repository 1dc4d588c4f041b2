package io.asgi4j.spec;

/**
 * The server accepts no more connections and has closed those it had.
 *
 * <p>The application answers with {@link LifespanShutdownComplete} or {@link LifespanShutdownFailed}.
 */
public record LifespanShutdown() implements InboundEvent {

    @Override
    public String type() {
        return "lifespan.shutdown";
    }
}
