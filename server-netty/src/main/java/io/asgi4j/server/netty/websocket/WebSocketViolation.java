package io.asgi4j.server.netty.websocket;

/**
 * What a peer did against the protocol: the close code that answers it and a sentence for the Close frame's reason.
 * It says what the peer sent, not where the server is, so it has no stack trace.
 */
final class WebSocketViolation extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;

    private WebSocketViolation(int code, String reason) {
        super(code + " " + reason, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    static WebSocketViolation protocol(String reason) {
        return new WebSocketViolation(CloseCode.PROTOCOL_ERROR, reason);
    }

    static WebSocketViolation invalidData(String reason) {
        return new WebSocketViolation(CloseCode.INVALID_DATA, reason);
    }

    static WebSocketViolation tooBig(int maxMessageSize) {
        return new WebSocketViolation(CloseCode.TOO_BIG, "message is larger than " + maxMessageSize + " octets");
    }

    static WebSocketViolation tooManyControlFrames() {
        return new WebSocketViolation(CloseCode.POLICY_VIOLATION, "too many control frames");
    }

    int code() {
        return code;
    }

    /** ASCII, and short enough for a Close frame. */
    String reason() {
        return reason;
    }
}
