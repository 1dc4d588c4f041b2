package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;

/**
 * The server delivers the trailers of a request; offers {@link HttpRequestTrailers}.
 *
 * <p>Not one of ASGI's extensions but asgi4j's own.
 *
 * <p>Rules: {@code extension.where-valid}, {@code extension.request-trailers.delivered}.
 */
public record RequestTrailers() implements Extension {

    @Override
    public String name() {
        return "http.request.trailers";
    }
}
