package io.asgi4j.spec;

import java.util.Objects;

/**
 * The WebSocket is closed, by whichever side, or was never opened; the last event of a {@link WebSocketScope}.
 *
 * <p>Comes however the WebSocket ends. If the application closed or denied it, this comes at once; otherwise after
 * every whole message that had arrived before. It comes again whenever {@link Receive} is called again.
 *
 * <p>Rules: {@code websocket.close.disconnect-always}, {@code websocket.close.code-of-beginner},
 * {@code websocket.close.lost}, {@code websocket.close.disconnect-at-once},
 * {@code websocket.close.disconnect-repeated}, {@code websocket.messages.pending-first},
 * {@code websocket.handshake.denied-disconnect}.
 *
 * @param code the code of the Close frame that began the closing, whoever sent it; 1005 if that frame had none; 1006 if
 *     the connection was lost or the handshake denied
 * @param reason the reason in that frame, empty if there was none
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

    @Override
    public String toString() {
        return "WebSocketDisconnect[code=" + code + ", reason=" + Syntax.preview(reason) + "]";
    }
}
