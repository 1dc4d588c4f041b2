package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.WebSocketAccept;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client offers that wants to open a WebSocket (RFC 6455 section 4.2.1); immutable.
 *
 * <p>Keeps: {@code websocket.handshake.validated}, {@code websocket.handshake.version},
 * {@code websocket.scope.subprotocols}, {@code websocket.handshake.accept-fields},
 * {@code websocket.handshake.accept-fields-owned}, {@code http.connection.unknown-upgrade-ignored}.
 */
record WebSocketOffer(String key, List<String> subprotocols) {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final Set<String> OWN_FIELDS = Set.of(
            "connection",
            "upgrade",
            "sec-websocket-accept",
            "sec-websocket-extensions",
            "content-length",
            "transfer-encoding");

    /** The offer of a request, or null if it asks for no WebSocket. */
    static @Nullable WebSocketOffer of(RequestHead head) throws Refusal {
        if (!head.version().equals("1.1")
                || !head.lists("upgrade", "websocket")
                || !head.lists("connection", "upgrade")) {
            return null;
        }
        if (!head.method().equals("GET")) {
            throw new Refusal(405, "A WebSocket is opened with GET.", Headers.of("allow", "GET"));
        }
        if (head.length() != 0) {
            throw new Refusal(400, "A WebSocket handshake has no body.");
        }
        var headers = head.headers();
        if (!headers.all("sec-websocket-version").equals(List.of("13"))) {
            var fields =
                    Headers.of("sec-websocket-version", "13", "upgrade", "websocket", "connection", "Upgrade, close");
            throw new Refusal(426, "The version of the WebSocket protocol must be 13.", fields);
        }
        var keys = headers.all("sec-websocket-key");
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            throw new Refusal(400, "The field sec-websocket-key must hold 16 bytes in Base64, once.");
        }
        return new WebSocketOffer(keys.get(0), RequestHead.elements(headers, "sec-websocket-protocol"));
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** The response that completes the handshake. */
    ByteBuffer accepted(WebSocketAccept accept) {
        var fields = Headers.builder()
                .add("upgrade", "websocket")
                .add("connection", "Upgrade")
                .add("sec-websocket-accept", digest());
        var subprotocol = accept.subprotocol();
        if (subprotocol != null) {
            fields.add("sec-websocket-protocol", subprotocol);
        }
        for (var field : accept.headers()) {
            if (!OWN_FIELDS.contains(field.name())) {
                fields.add(field);
            }
        }
        return Response.head(101, fields.build());
    }

    private String digest() {
        try {
            var bytes = (key + GUID).getBytes(StandardCharsets.ISO_8859_1);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-1", impossible);
        }
    }
}
