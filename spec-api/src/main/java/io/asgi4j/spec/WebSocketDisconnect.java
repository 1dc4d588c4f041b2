package io.asgi4j.spec;

import java.util.Objects;

/**
 * The WebSocket is closed, by whichever side, or was never opened; the last event of a {@link WebSocketScope}.
 *
 * <p>Comes after every message that had arrived before, and again whenever {@link Receive} is called again. After it {@link Send} throws
 * {@link ClientDisconnectedException}.
 *
 * @param code the close code of the client, 1005 if its close frame had none, 1006 if the connection was lost or the handshake was
 *     denied
 * @param reason the reason that the client gave, perhaps empty
 */
public record WebSocketDisconnect(int code, String reason) implements InboundEvent {

    /**
     * Checks the code.
     *
     * @throws IllegalArgumentException if the code is not in the range 1000 to 4999
     */
    public WebSocketDisconnect {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("close code " + code + " is not in the range 1000 to 4999");
        }
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String type() {
        return "websocket.disconnect";
    }
}
