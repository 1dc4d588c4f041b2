package io.asgi4j.spec;

import org.jspecify.annotations.Nullable;

/**
 * Completes the handshake of a WebSocket.
 *
 * <p>Sent once, after {@link WebSocketConnect}; messages flow afterwards. A subprotocol that the client did not offer
 * is refused by {@link Send}; fields that the handshake itself defines are ignored.
 *
 * <p>Rules: {@code websocket.handshake.waits}, {@code websocket.handshake.subprotocol},
 * {@code websocket.handshake.subprotocol-offered}, {@code websocket.handshake.accept-fields},
 * {@code websocket.handshake.accept-fields-owned}, {@code websocket.handshake.accept-without-protocol-field}.
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
