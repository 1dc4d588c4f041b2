package io.asgi4j.spec;

/**
 * What one call of an {@link Application} is about.
 *
 * <p>A scope is immutable and does not change while the call lives; only its {@link #state()} may be written to.
 * A {@code switch} over the four kinds is exhaustive. Servers may offer further kinds through {@link ExtensionScope}.
 */
public sealed interface Scope permits HttpScope, WebSocketScope, LifespanScope, ExtensionScope {

    /**
     * Returns ASGI's name of the kind of scope.
     *
     * @return {@code "http"}, {@code "websocket"}, {@code "lifespan"} or an extension's name
     */
    String type();

    /**
     * Returns the versions of the protocol that the server speaks.
     *
     * @return the versions
     */
    AsgiVersion asgi();

    /**
     * Returns the application's own data.
     *
     * <p>The lifespan scope has the original; every later scope has a shallow copy of it, as it was at that moment.
     *
     * @return the state of this scope
     */
    State state();

    /**
     * Returns what the server offers beyond the protocol's core.
     *
     * @return the extensions of this scope
     */
    Extensions extensions();
}
