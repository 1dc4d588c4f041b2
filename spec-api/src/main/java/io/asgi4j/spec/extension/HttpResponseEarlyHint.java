package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;
import io.asgi4j.spec.ExtensionOutboundEvent;
import io.asgi4j.spec.Header;
import java.util.List;

/**
 * An informational response with status 103, which lets the client fetch what it will need.
 *
 * <p>Sent any number of times before the start of the response; the server may ignore it.
 *
 * <p>Rules: {@code extension.early-hint.sent}, {@code extension.early-hint.before-start},
 * {@code extension.early-hint.ignored}.
 *
 * @param links the values of the {@code Link} fields, one field each (RFC 8288)
 */
public record HttpResponseEarlyHint(List<String> links) implements ExtensionOutboundEvent {

    /**
     * Checks the links.
     *
     * @throws IllegalArgumentException if one cannot be a header's value
     */
    public HttpResponseEarlyHint {
        links = List.copyOf(links);
        for (var link : links) {
            var unused = new Header("link", link);
        }
    }

    @Override
    public String type() {
        return "http.response.early_hint";
    }

    @Override
    public Class<? extends Extension> extension() {
        return EarlyHint.class;
    }
}
