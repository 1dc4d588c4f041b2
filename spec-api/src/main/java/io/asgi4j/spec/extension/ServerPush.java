package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;

/** The server can push a response that nobody asked for; offers {@link HttpResponsePush}. */
public record ServerPush() implements Extension {

    @Override
    public String name() {
        return "http.response.push";
    }
}
