package io.asgi4j.spec;

/**
 * A kind of scope that this specification does not know.
 *
 * <p>The open edge of {@link Scope}: a server may offer a protocol of its own without a new version of this
 * specification. Implementations must be immutable, and their {@link #type()} must be none of {@code "http"},
 * {@code "websocket"} and {@code "lifespan"}.
 *
 * <p>Rules: {@code core.scope.extension-named}, {@code core.scope.immutable}.
 */
public non-sealed interface ExtensionScope extends Scope {}
