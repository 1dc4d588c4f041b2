package io.asgi4j.spec;

/** The application is ready: the server may accept connections. Answers {@link LifespanStartup}. */
public record LifespanStartupComplete() implements OutboundEvent {

    @Override
    public String type() {
        return "lifespan.startup.complete";
    }
}
