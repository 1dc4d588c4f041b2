package io.asgi4j.spec;

/**
 * An event of an extension, from the application.
 *
 * <p>The open edge of {@link OutboundEvent}. A server refuses it with an {@link IllegalEventException} unless the scope
 * offers its {@link #extension()}. Implementations must be immutable.
 *
 * <p>Rules: {@code core.events.namespaced}, {@code extension.checked-first}.
 */
public non-sealed interface ExtensionOutboundEvent extends OutboundEvent {

    /**
     * Returns the extension that the scope must offer for this event to be sent.
     *
     * @return the class to look up with {@link Extensions#has(Class)}
     */
    Class<? extends Extension> extension();
}
