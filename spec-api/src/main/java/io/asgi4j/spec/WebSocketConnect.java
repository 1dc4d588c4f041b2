package io.asgi4j.spec;

/**
 * A client asks for a WebSocket; the first event of a {@link WebSocketScope}.
 *
 * <p>The handshake waits for the application, which answers with {@link WebSocketAccept}, with {@link WebSocketClose} (the client gets a
 * 403), or, where the extension {@code websocket.http.response} is offered, with a response of its own.
 */
public record WebSocketConnect() implements InboundEvent {

    @Override
    public String type() {
        return "websocket.connect";
    }
}
