package io.asgi4j.spec;

/**
 * What one call of an {@link Application} is about.
 *
 * <p>A scope is immutable and does not change while the call lives; only its {@link #state()} may be written to. A
 * {@code switch} over the four kinds is exhaustive; servers may offer further kinds through {@link ExtensionScope}. An
 * application refuses a kind that it does not know with {@link UnsupportedScopeException}.
 *
 * <p>Rules: {@code core.scope.immutable}, {@code core.scope.unknown-refused}.
 */
public sealed interface Scope permits HttpScope, WebSocketScope, LifespanScope, ExtensionScope {

    /**
     * Returns ASGI's name of the kind of scope.
     *
     * <p>Rules: {@code core.scope.type}.
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
     * <p>The lifespan scope has the original; every HTTP and WebSocket scope has a shallow copy of it, as it was at
     * that moment. Where there is no lifespan it begins empty.
     *
     * <p>Rules: {@code state.copied}, {@code state.empty-without-lifespan}, {@code state.untouched}.
     *
     * @return the state of this scope
     */
    State state();

    /**
     * Returns what the server offers beyond the protocol's core.
     *
     * <p>Rules: {@code extension.presence}, {@code extension.where-valid}.
     *
     * @return the extensions of this scope
     */
    Extensions extensions();
}
