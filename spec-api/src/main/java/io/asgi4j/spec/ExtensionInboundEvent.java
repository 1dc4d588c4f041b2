package io.asgi4j.spec;

/**
 * An event of an extension, from the server.
 *
 * <p>The open edge of {@link InboundEvent}. An application ignores one that it does not know. Implementations must be
 * immutable.
 *
 * <p>Rules: {@code core.events.namespaced}, {@code core.events.unknown-inbound-ignored}.
 */
public non-sealed interface ExtensionInboundEvent extends InboundEvent {}
