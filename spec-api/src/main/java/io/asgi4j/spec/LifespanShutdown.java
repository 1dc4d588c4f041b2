package io.asgi4j.spec;

/**
 * The server accepts no more connections and has closed those it had.
 *
 * <p>The application answers with {@link LifespanShutdownComplete} or {@link LifespanShutdownFailed}.
 *
 * <p>Rules: {@code lifespan.shutdown.after-connections}, {@code lifespan.shutdown.awaited},
 * {@code lifespan.shutdown.repeated}.
 */
public record LifespanShutdown() implements InboundEvent {

    @Override
    public String type() {
        return "lifespan.shutdown";
    }
}
