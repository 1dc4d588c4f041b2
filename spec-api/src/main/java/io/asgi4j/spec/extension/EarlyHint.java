package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;

/**
 * The server can send 103 Early Hints (RFC 8297); offers {@link HttpResponseEarlyHint}.
 *
 * <p>Rules: {@code extension.where-valid}, {@code extension.early-hint.sent}.
 */
public record EarlyHint() implements Extension {

    @Override
    public String name() {
        return "http.response.early_hint";
    }
}
