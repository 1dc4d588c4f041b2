package io.asgi4j.spec;

/**
 * Thrown by an {@link Application} for a kind of scope that it does not handle.
 *
 * <p>For a {@link LifespanScope} this is the ordinary way to say that the application needs no start-up and no
 * shutdown.
 *
 * <p>Rules: {@code core.scope.unknown-refused}, {@code lifespan.startup.unsupported}.
 */
public class UnsupportedScopeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Scope scope;

    /**
     * Makes an exception.
     *
     * @param scope the scope
     */
    public UnsupportedScopeException(Scope scope) {
        super("scope type " + scope.type() + " is not supported");
        this.scope = scope;
    }

    /**
     * Returns the scope that is not supported.
     *
     * @return the scope
     */
    public Scope scope() {
        return scope;
    }
}
