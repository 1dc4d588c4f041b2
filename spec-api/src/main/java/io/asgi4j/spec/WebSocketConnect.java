package io.asgi4j.spec;

/**
 * A client asks for a WebSocket; the first event of a {@link WebSocketScope}.
 *
 * <p>The handshake waits for the application, which answers with {@link WebSocketAccept}, with {@link WebSocketClose}
 * (the client gets a 403), or, where the extension {@code websocket.http.response} is offered, with a response of its
 * own. To end without an answer is an error: the client gets a 500.
 *
 * <p>Rules: {@code websocket.handshake.connect-first}, {@code websocket.handshake.waits},
 * {@code websocket.handshake.unanswered}.
 */
public record WebSocketConnect() implements InboundEvent {

    @Override
    public String type() {
        return "websocket.connect";
    }
}
