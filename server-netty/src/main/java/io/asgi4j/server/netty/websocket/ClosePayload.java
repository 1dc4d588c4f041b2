package io.asgi4j.server.netty.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a Close frame says (RFC 6455 section 5.5.1). */
record ClosePayload(int code, String reason) {
    static ClosePayload parse(byte[] payload) throws WebSocketViolation {
        if (payload.length == 0) {
            return new ClosePayload(CloseCode.NO_CODE, "");
        }
        if (payload.length < Short.BYTES) {
            throw WebSocketViolation.protocol("close code cut short");
        }
        int code = Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
        if (!CloseCode.isLegalOnTheWire(code)) {
            throw WebSocketViolation.protocol("illegal close code");
        }
        var utf8 = new Utf8Validator();
        if (!utf8.accept(payload, Short.BYTES, payload.length) || !utf8.isComplete()) {
            throw WebSocketViolation.invalidData("close reason is not UTF-8");
        }
        return new ClosePayload(
                code, new String(payload, Short.BYTES, payload.length - Short.BYTES, StandardCharsets.UTF_8));
    }
}
