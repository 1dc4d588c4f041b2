package io.asgi4j.spec;

/**
 * The client is gone, or the response is complete.
 *
 * <p>If the client goes, this comes after every part of the request body that had arrived before. If the response is
 * complete, it comes at once, and what is left of the request body is dropped. It comes again whenever {@link Receive}
 * is called again.
 *
 * <p>Rules: {@code http.disconnect.delivered}, {@code http.disconnect.at-completion}, {@code http.disconnect.repeated},
 * {@code http.request.received-bytes-first}.
 */
public record HttpDisconnect() implements InboundEvent {

    @Override
    public String type() {
        return "http.disconnect";
    }
}
