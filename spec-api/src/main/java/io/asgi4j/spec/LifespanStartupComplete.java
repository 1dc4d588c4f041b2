package io.asgi4j.spec;

/**
 * The application is ready: the server may accept connections. Answers {@link LifespanStartup}.
 *
 * <p>What the application did before is visible to every later call: fields written during start-up need not be
 * volatile.
 *
 * <p>Rules: {@code lifespan.startup.before-connections}, {@code threads.startup-visible}.
 */
public record LifespanStartupComplete() implements OutboundEvent {

    @Override
    public String type() {
        return "lifespan.startup.complete";
    }
}
