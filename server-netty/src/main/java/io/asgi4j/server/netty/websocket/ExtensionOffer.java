package io.asgi4j.server.netty.websocket;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One element of {@code Sec-WebSocket-Extensions} (RFC 6455 section 9.1). */
public record ExtensionOffer(String name, List<Parameter> parameters) {
    /** A parameter; a flag has no value, and a quoted value has lost its quotes. */
    public record Parameter(String name, @Nullable String value) {}

    public ExtensionOffer {
        parameters = List.copyOf(parameters);
    }

    /** Parses all fields of that name, in order; null if they do not keep to the grammar. */
    static @Nullable List<ExtensionOffer> parse(List<String> fieldValues) {
        var offers = new ArrayList<ExtensionOffer>();
        for (String value : fieldValues) {
            var scanner = new FieldScanner(value);
            do {
                if (!scanner.isAtElement()) {
                    continue; // an empty list element is allowed
                }
                var offer = offer(scanner);
                if (offer == null) {
                    return null;
                }
                offers.add(offer);
            } while (scanner.skip(','));
            if (!scanner.isAtEnd()) {
                return null;
            }
        }
        return List.copyOf(offers);
    }

    private static @Nullable ExtensionOffer offer(FieldScanner scanner) {
        var name = scanner.token();
        if (name == null) {
            return null;
        }
        var parameters = new ArrayList<Parameter>();
        while (scanner.skip(';')) {
            var parameter = scanner.token();
            if (parameter == null) {
                return null;
            }
            String value = null;
            if (scanner.skip('=')) {
                value = scanner.tokenOrQuotedToken();
                if (value == null) {
                    return null;
                }
            }
            parameters.add(new Parameter(parameter, value));
        }
        return new ExtensionOffer(name, parameters);
    }
}
