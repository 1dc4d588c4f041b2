package io.asgi4j.spec;

import java.nio.charset.StandardCharsets;

/**
 * Closes the WebSocket, or denies it when sent before {@link WebSocketAccept}.
 *
 * <p>A denied client gets a response with status 403, and neither code nor reason. The application then receives
 * {@link WebSocketDisconnect} and sends nothing more.
 *
 * <p>Rules: {@code websocket.close.by-application}, {@code websocket.close.reason-of-application}, {@code websocket.close.legal-codes},
 * {@code websocket.close.send-after-own-close}, {@code websocket.handshake.denied}.
 *
 * @param code the close code: 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 §7.4)
 * @param reason the reason, at most 123 bytes of UTF-8
 */
public record WebSocketClose(int code, String reason) implements OutboundEvent {

    /** How long the reason may be, in bytes of UTF-8: what fits into a control frame beside the code. */
    private static final int MAX_REASON_BYTES = 123;

    /**
     * Checks both components.
     *
     * @throws IllegalArgumentException if the code must not be sent, or the reason is too long
     */
    public WebSocketClose {
        if (!isSendable(code)) {
            throw new IllegalArgumentException("close code " + code + " must not be sent");
        }
        if (reason.length() > MAX_REASON_BYTES / 3
                && reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
            throw new IllegalArgumentException("reason is longer than " + MAX_REASON_BYTES + " bytes of UTF-8");
        }
    }

    /**
     * Closes without a reason.
     *
     * @param code the close code
     */
    public WebSocketClose(int code) {
        this(code, "");
    }

    /** Closes with code 1000 and without a reason. */
    public WebSocketClose() {
        this(1000, "");
    }

    private static boolean isSendable(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    @Override
    public String type() {
        return "websocket.close";
    }

    @Override
    public String toString() {
        return "WebSocketClose[code=" + code + ", reason=" + Syntax.preview(reason) + "]";
    }
}
