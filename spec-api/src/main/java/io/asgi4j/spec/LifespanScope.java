package io.asgi4j.spec;

import java.util.Objects;

/**
 * The life of a server, from before its first connection to after its last.
 *
 * <p>The application receives {@link LifespanStartup}, then, when it is time, {@link LifespanShutdown}, and answers
 * both. What it puts into the state is there in every later scope. An application that has no use for all this throws
 * {@link UnsupportedScopeException}, and the server goes on without, unless its operator said that there must be a
 * lifespan.
 *
 * <p>Rules: {@code lifespan.scope}, {@code lifespan.modes}, {@code lifespan.off}, {@code lifespan.startup.unsupported},
 * {@code lifespan.startup.required}.
 *
 * @param asgi the versions of the protocol
 * @param state the original of every later scope's state
 * @param extensions what the server offers beyond the protocol's core
 */
public record LifespanScope(AsgiVersion asgi, State state, Extensions extensions) implements Scope {

    /** Checks that everything is there. */
    public LifespanScope {
        Objects.requireNonNull(asgi, "asgi");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(extensions, "extensions");
    }

    @Override
    public String type() {
        return "lifespan";
    }
}
