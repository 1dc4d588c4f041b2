package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Headers;

/** What a client sent is answered by the server itself and ends the connection; a value that is thrown. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Headers headers;

    Refusal(int status, String reason) {
        this(status, reason, Headers.empty());
    }

    Refusal(int status, String reason, Headers headers) {
        super(reason, null, false, false);
        this.status = status;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    Headers headers() {
        return headers;
    }
}
