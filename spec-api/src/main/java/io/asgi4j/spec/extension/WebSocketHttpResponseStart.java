package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;
import io.asgi4j.spec.ExtensionOutboundEvent;
import io.asgi4j.spec.Headers;
import java.util.Objects;

/**
 * The head of a response that denies a WebSocket.
 *
 * <p>Sent once, after {@code websocket.connect} and instead of {@code websocket.accept} or {@code websocket.close}.
 * Only {@link WebSocketHttpResponseBody} may follow. The application then receives {@code websocket.disconnect} with
 * code 1006. The rules for {@code http.response.start} hold here too.
 *
 * <p>Rules: {@code extension.denial.response}, {@code extension.denial.instead}, {@code extension.denial.like-http},
 * {@code extension.denial.status}, {@code extension.denial.disconnect}.
 *
 * @param status the status code, 300 to 999; one below would be no denial
 * @param headers the headers, put on the wire in this order
 */
public record WebSocketHttpResponseStart(int status, Headers headers) implements ExtensionOutboundEvent {

    /**
     * Checks the status.
     *
     * @throws IllegalArgumentException if the status is not in the range 300 to 999
     */
    public WebSocketHttpResponseStart {
        if (status < 300 || status > 999) {
            throw new IllegalArgumentException("status " + status + " is not in the range 300 to 999");
        }
        Objects.requireNonNull(headers, "headers");
    }

    /**
     * Starts a response without headers.
     *
     * @param status the status code, 300 to 999
     */
    public WebSocketHttpResponseStart(int status) {
        this(status, Headers.empty());
    }

    @Override
    public String type() {
        return "websocket.http.response.start";
    }

    @Override
    public Class<? extends Extension> extension() {
        return DenialResponse.class;
    }
}
