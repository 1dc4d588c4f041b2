package io.asgi4j.spec;

import org.jspecify.annotations.Nullable;

/**
 * Completes the handshake of a WebSocket.
 *
 * <p>Sent once, after {@link WebSocketConnect}; messages flow afterwards.
 *
 * @param subprotocol one of {@link WebSocketScope#subprotocols()}, or {@code null} for none
 * @param headers further headers of the handshake's response, without {@code sec-websocket-protocol}
 */
public record WebSocketAccept(@Nullable String subprotocol, Headers headers) implements OutboundEvent {

    /**
     * Checks both components.
     *
     * @throws IllegalArgumentException if the subprotocol is not a token, or the headers name one
     */
    public WebSocketAccept {
        if (subprotocol != null) {
            Require.token(subprotocol, "subprotocol");
        }
        if (headers.contains("sec-websocket-protocol")) {
            throw new IllegalArgumentException(
                    "headers must not contain sec-websocket-protocol; the component subprotocol is for that");
        }
    }

    /** Accepts without subprotocol and without headers. */
    public WebSocketAccept() {
        this(null, Headers.empty());
    }

    @Override
    public String type() {
        return "websocket.accept";
    }
}
