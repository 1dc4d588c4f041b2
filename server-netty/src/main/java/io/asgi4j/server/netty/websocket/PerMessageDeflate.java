package io.asgi4j.server.netty.websocket;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed on compression (RFC 7692 section 7.1).
 *
 * @param serverContextTakeover whether the server's messages may refer to earlier ones
 * @param clientContextTakeover whether the client's messages may refer to earlier ones
 * @param serverWindowBitsAsked whether the offer named a window size for the server, so that the answer must
 */
public record PerMessageDeflate(
        boolean serverContextTakeover, boolean clientContextTakeover, boolean serverWindowBitsAsked) {
    private static final String NAME = "permessage-deflate";
    private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
    private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

    /** The only window size that {@link java.util.zip.Deflater} has; {@link java.util.zip.Inflater} takes all. */
    private static final String WINDOW_BITS = "15";

    /** Accepts the first offer that is valid and can be kept; null if there is none or compression is off. */
    public static @Nullable PerMessageDeflate negotiate(List<ExtensionOffer> offers, WebSocketConfig config) {
        if (!config.deflate()) {
            return null;
        }
        for (var offer : offers) {
            if (offer.name().equals(NAME) && isAcceptable(offer)) {
                return new PerMessageDeflate(
                        !has(offer, SERVER_NO_CONTEXT_TAKEOVER),
                        !has(offer, CLIENT_NO_CONTEXT_TAKEOVER),
                        has(offer, SERVER_MAX_WINDOW_BITS));
            }
        }
        return null;
    }

    /** The value of {@code Sec-WebSocket-Extensions} that tells the client. */
    public String fieldValue() {
        return NAME
                + (serverContextTakeover ? "" : "; " + SERVER_NO_CONTEXT_TAKEOVER)
                + (clientContextTakeover ? "" : "; " + CLIENT_NO_CONTEXT_TAKEOVER)
                + (serverWindowBitsAsked ? "; " + SERVER_MAX_WINDOW_BITS + "=" + WINDOW_BITS : "");
    }

    private static boolean isAcceptable(ExtensionOffer offer) {
        var seen = new HashSet<String>();
        return offer.parameters().stream().allMatch(parameter -> seen.add(parameter.name()) && isAcceptable(parameter));
    }

    private static boolean isAcceptable(ExtensionOffer.Parameter parameter) {
        var value = parameter.value();
        return switch (parameter.name()) {
            case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> value == null;
            case SERVER_MAX_WINDOW_BITS -> WINDOW_BITS.equals(value);
            case CLIENT_MAX_WINDOW_BITS -> value == null || isWindowBits(value);
            default -> false;
        };
    }

    private static boolean isWindowBits(String value) {
        return switch (value) {
            case "8", "9", "10", "11", "12", "13", "14", "15" -> true;
            default -> false;
        };
    }

    private static boolean has(ExtensionOffer offer, String parameter) {
        return offer.parameters().stream().anyMatch(p -> p.name().equals(parameter));
    }
}
