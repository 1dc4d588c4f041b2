package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;

/**
 * The server is a test client that takes debugging information; offers {@link HttpResponseDebug}. Real servers do not
 * offer it.
 *
 * <p>Rules: {@code extension.debug.not-offered}.
 */
public record Debug() implements Extension {

    @Override
    public String name() {
        return "http.response.debug";
    }
}
