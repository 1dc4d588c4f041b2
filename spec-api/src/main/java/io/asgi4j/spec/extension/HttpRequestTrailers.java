package io.asgi4j.spec.extension;

import io.asgi4j.spec.ExtensionInboundEvent;
import io.asgi4j.spec.Headers;
import java.util.Objects;

/**
 * Headers that the client sent after the body of its request.
 *
 * <p>What the first {@code receive} after the last {@code http.request} returns, if the request had trailers and the
 * scope offers {@link RequestTrailers}.
 *
 * <p>Rules: {@code extension.request-trailers.delivered}, {@code extension.request-trailers.only-then},
 * {@code http.request.trailers-not-merged}.
 *
 * @param headers the trailers, never empty
 */
public record HttpRequestTrailers(Headers headers) implements ExtensionInboundEvent {

    /** Checks that the trailers are there. */
    public HttpRequestTrailers {
        Objects.requireNonNull(headers, "headers");
    }

    @Override
    public String type() {
        return "http.request.trailers";
    }
}
