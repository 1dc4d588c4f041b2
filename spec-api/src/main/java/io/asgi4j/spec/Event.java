package io.asgi4j.spec;

/** One message between a server and an application; immutable. */
public sealed interface Event permits InboundEvent, OutboundEvent {

    /**
     * Returns ASGI's name of the event.
     *
     * @return the name on the wire, such as {@code "http.response.start"}
     */
    String type();
}
