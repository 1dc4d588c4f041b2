package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;
import io.asgi4j.spec.ExtensionOutboundEvent;
import io.asgi4j.spec.Headers;
import java.util.Objects;

/**
 * Asks the server to push the answer to a request that the client has not made.
 *
 * <p>Sent between the start of a response and the end of its body. If the client takes pushes, the server calls the
 * application with a scope for the pushed request as if the client had made it; else nothing happens.
 *
 * <p>Rules: {@code extension.push.promised}.
 *
 * @param path the decoded path of the request, beginning with a slash
 * @param headers the headers of the request
 */
public record HttpResponsePush(String path, Headers headers) implements ExtensionOutboundEvent {

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if the path does not begin with a slash
     */
    public HttpResponsePush {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path does not begin with a slash");
        }
        Objects.requireNonNull(headers, "headers");
    }

    @Override
    public String type() {
        return "http.response.push";
    }

    @Override
    public Class<? extends Extension> extension() {
        return ServerPush.class;
    }
}
