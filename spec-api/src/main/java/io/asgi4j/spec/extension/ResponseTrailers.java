package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;

/**
 * The server can send trailers after a response's body; offers {@link HttpResponseTrailers} and
 * {@link io.asgi4j.spec.HttpResponseStart#trailers()}.
 *
 * <p>Rules: {@code extension.trailers.not-offered}.
 */
public record ResponseTrailers() implements Extension {

    @Override
    public String name() {
        return "http.response.trailers";
    }
}
