package io.asgi4j.spec;

/**
 * The server is ready to start and does not accept connections yet; the first event of a {@link LifespanScope}.
 *
 * <p>The application answers with {@link LifespanStartupComplete} or {@link LifespanStartupFailed}.
 *
 * <p>Rules: {@code lifespan.startup.first}, {@code lifespan.startup.before-connections}.
 */
public record LifespanStartup() implements InboundEvent {

    @Override
    public String type() {
        return "lifespan.startup";
    }
}
