package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Headers;
import java.io.IOException;

/** What a client sent is refused by the server itself, with a status of HTTP or a close code of WebSocket. */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    final int code;
    final String reason;
    final transient Headers headers;

    Refusal(int code, String reason) {
        this(code, reason, Headers.empty());
    }

    Refusal(int code, String reason, Headers headers) {
        super(reason);
        this.code = code;
        this.reason = reason;
        this.headers = headers;
    }
}
