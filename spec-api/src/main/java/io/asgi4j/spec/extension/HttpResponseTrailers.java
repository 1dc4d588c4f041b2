package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;
import io.asgi4j.spec.ExtensionOutboundEvent;
import io.asgi4j.spec.Headers;
import java.util.Objects;

/**
 * Headers after the body of a response.
 *
 * <p>Sent one or more times after the last part of the body, if {@link io.asgi4j.spec.HttpResponseStart#trailers()}
 * announced it; the one with {@code moreTrailers == false} completes the response. They reach the client if its request
 * said {@code te: trailers} and the framing has room for them; otherwise they are dropped. The start names them in a
 * {@code trailer} field.
 *
 * <p>Rules: {@code extension.trailers.awaited}, {@code extension.trailers.sent}, {@code extension.trailers.swallowed},
 * {@code extension.trailers.announced}, {@code extension.trailers.no-framing-fields}.
 *
 * @param headers the trailers
 * @param moreTrailers whether more of them follow
 */
public record HttpResponseTrailers(Headers headers, boolean moreTrailers) implements ExtensionOutboundEvent {

    /** Checks that the trailers are there. */
    public HttpResponseTrailers {
        Objects.requireNonNull(headers, "headers");
    }

    /**
     * Sends all trailers at once.
     *
     * @param headers the trailers
     */
    public HttpResponseTrailers(Headers headers) {
        this(headers, false);
    }

    @Override
    public String type() {
        return "http.response.trailers";
    }

    @Override
    public Class<? extends Extension> extension() {
        return ResponseTrailers.class;
    }
}
