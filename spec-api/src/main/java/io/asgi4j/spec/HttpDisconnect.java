package io.asgi4j.spec;

/**
 * The client is gone, or the response is complete.
 *
 * <p>Comes after every part of the request body that had arrived before, and again whenever {@link Receive} is called again.
 * After it {@link Send} throws {@link ClientDisconnectedException}.
 */
public record HttpDisconnect() implements InboundEvent {

    @Override
    public String type() {
        return "http.disconnect";
    }
}
