package io.asgi4j.spec;

/**
 * Thrown by {@link Send} for an event that is not allowed in the present state; nothing of it has reached the client.
 *
 * <p>The message says both, as in "http.response.body is not allowed before http.response.start".
 *
 * <p>Rules: {@code core.events.illegal-exception}, {@code core.events.illegal-without-effect}.
 */
public class IllegalEventException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** The end of the message. */
    private final String state;

    private final transient OutboundEvent event;

    /**
     * Makes an exception.
     *
     * @param state the state, so that it ends a sentence: "before http.response.start"
     * @param event the event
     */
    public IllegalEventException(String state, OutboundEvent event) {
        super(event.type() + " is not allowed " + state);
        this.state = state;
        this.event = event;
    }

    /**
     * Returns the state in which the event is not allowed.
     *
     * @return the end of the message
     */
    public String state() {
        return state;
    }

    /**
     * Returns the event that is not allowed.
     *
     * @return the event
     */
    public OutboundEvent event() {
        return event;
    }
}
