package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;

/**
 * The server can send from an open file; offers {@link HttpResponseZeroCopySend}.
 *
 * <p>Rules: {@code extension.where-valid}, {@code extension.zerocopysend.range}.
 */
public record ZeroCopySend() implements Extension {

    @Override
    public String name() {
        return "http.response.zerocopysend";
    }
}
