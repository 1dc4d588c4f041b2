package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;

/**
 * The server can push a response that nobody asked for; offers {@link HttpResponsePush}.
 *
 * <p>Browsers have removed server push, so servers should not offer it any more.
 *
 * <p>Rules: {@code extension.push.not-offered}.
 */
public record ServerPush() implements Extension {

    @Override
    public String name() {
        return "http.response.push";
    }
}
