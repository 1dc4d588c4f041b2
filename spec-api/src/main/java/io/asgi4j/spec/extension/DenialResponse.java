package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;

/**
 * The server can deny a WebSocket with a response of the application's own instead of a bare 403; offers
 * {@link WebSocketHttpResponseStart} and {@link WebSocketHttpResponseBody}.
 *
 * <p>Rules: {@code extension.where-valid}, {@code extension.denial.response}.
 */
public record DenialResponse() implements Extension {

    @Override
    public String name() {
        return "websocket.http.response";
    }
}
