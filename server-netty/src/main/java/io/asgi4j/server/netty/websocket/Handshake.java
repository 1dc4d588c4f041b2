package io.asgi4j.server.netty.websocket;

import io.asgi4j.spec.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request to open a WebSocket amounts to (RFC 6455 section 4.2); pure functions of its fields. */
public sealed interface Handshake {
    /**
     * A valid offer.
     *
     * @param key the client's {@code Sec-WebSocket-Key}; null for an extended CONNECT, which has none
     * @param subprotocols what the client offers, in its order
     * @param extensions what the client offers, in its order
     */
    record Offer(@Nullable String key, List<String> subprotocols, List<ExtensionOffer> extensions)
            implements Handshake {
        private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

        public Offer {
            subprotocols = List.copyOf(subprotocols);
            extensions = List.copyOf(extensions);
        }

        /**
         * The fields of the answer that accepts this offer: 101, or 200 for an extended CONNECT. Those that belong to
         * the handshake come first and are left out of the application's.
         */
        public Headers accept(
                @Nullable String subprotocol, @Nullable PerMessageDeflate deflate, Headers applicationHeaders) {
            var fields = Headers.builder();
            if (key != null) {
                fields.add("upgrade", "websocket");
                fields.add("connection", "Upgrade");
                fields.add("sec-websocket-accept", acceptValue(key));
            }
            if (subprotocol != null) {
                fields.add("sec-websocket-protocol", subprotocol);
            }
            if (deflate != null) {
                fields.add("sec-websocket-extensions", deflate.fieldValue());
            }
            for (var field : applicationHeaders) {
                if (!OWN_FIELDS.contains(field.name())) {
                    fields.add(field.name(), field.value());
                }
            }
            return fields.build();
        }

        private static String acceptValue(String key) {
            try {
                var sha1 = MessageDigest.getInstance("SHA-1");
                return Base64.getEncoder()
                        .encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-1", e);
            }
        }
    }

    /**
     * A violation, to be answered with a plain HTTP response.
     *
     * @param section what was violated
     * @param message a sentence for the client
     * @param headers fields that the response must have
     */
    record Refusal(int status, String section, String message, Headers headers) implements Handshake {}

    /** Fields an application cannot set on the answer that accepts a WebSocket. */
    Set<String> OWN_FIELDS = Set.of(
            "connection",
            "upgrade",
            "sec-websocket-accept",
            "sec-websocket-protocol",
            "sec-websocket-extensions",
            "content-length",
            "transfer-encoding");

    /** The octets in a {@code Sec-WebSocket-Key} (RFC 6455 section 4.1), before Base64 and after. */
    int KEY_OCTETS = 16;

    int KEY_LENGTH = 24;

    /**
     * Whether an HTTP/1 request asks for an upgrade to WebSocket and so must be judged by {@link #ofUpgrade}. In
     * HTTP/1.0 Upgrade is ignored (RFC 9110 section 7.8), as it is where Connection does not name it.
     *
     * @param httpVersion as in a scope, such as {@code 1.1}
     */
    static boolean isRequested(String httpVersion, Headers headers) {
        return httpVersion.equals("1.1")
                && lists(headers, "upgrade", "websocket")
                && lists(headers, "connection", "upgrade");
    }

    /** Judges an HTTP/1.1 request that {@link #isRequested asks for} a WebSocket. */
    static Handshake ofUpgrade(String method, Headers headers) {
        if (!method.equals("GET")) {
            return new Refusal(405, "RFC 6455 4.1", "A WebSocket is opened with GET.", Headers.of("allow", "GET"));
        }
        if (hasBody(headers)) {
            return badRequest("RFC 6455 4.1", "A WebSocket handshake has no body.");
        }
        var keys = headers.all("sec-websocket-key");
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            return badRequest("RFC 6455 4.2.1", "Sec-WebSocket-Key must be given once and hold 16 octets in Base64.");
        }
        return offer(keys.get(0), headers);
    }

    /** Judges an extended CONNECT with the protocol {@code websocket} (RFC 8441 section 5, RFC 9220 section 3). */
    static Handshake ofConnect(Headers headers) {
        return offer(null, headers);
    }

    private static Handshake offer(@Nullable String key, Headers headers) {
        var versions = headers.all("sec-websocket-version");
        if (versions.size() > 1) {
            return badRequest("RFC 6455 11.3.5", "Sec-WebSocket-Version is given more than once.");
        }
        if (versions.isEmpty() || !versions.get(0).equals("13")) {
            return new Refusal(
                    426,
                    "RFC 6455 4.2.2",
                    "The WebSocket version must be 13.",
                    Headers.of("sec-websocket-version", "13", "upgrade", "websocket", "connection", "Upgrade"));
        }
        var subprotocols = FieldScanner.tokens(headers.all("sec-websocket-protocol"));
        if (subprotocols == null || new HashSet<>(subprotocols).size() < subprotocols.size()) {
            return badRequest("RFC 6455 4.1", "Sec-WebSocket-Protocol must be a list of different tokens.");
        }
        var extensions = ExtensionOffer.parse(headers.all("sec-websocket-extensions"));
        if (extensions == null) {
            return badRequest("RFC 6455 9.1", "Sec-WebSocket-Extensions is malformed.");
        }
        return new Offer(key, subprotocols, extensions);
    }

    private static Refusal badRequest(String section, String message) {
        return new Refusal(400, section, message, Headers.empty());
    }

    private static boolean hasBody(Headers headers) {
        return headers.contains("transfer-encoding")
                || !headers.all("content-length").stream().allMatch("0"::equals);
    }

    private static boolean isKey(String value) {
        try {
            return value.length() == KEY_LENGTH && Base64.getDecoder().decode(value).length == KEY_OCTETS;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean lists(Headers headers, String field, String element) {
        for (String value : headers.all(field)) {
            for (String listed : value.split(",", -1)) {
                if (listed.strip().equalsIgnoreCase(element)) {
                    return true;
                }
            }
        }
        return false;
    }
}
