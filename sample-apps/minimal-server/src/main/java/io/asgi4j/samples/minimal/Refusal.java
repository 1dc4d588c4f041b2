package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Headers;
import java.io.IOException;

/** What a client sent is refused by the server itself, with a status of HTTP or a close code of WebSocket. */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    final int code;
    final transient Headers fields;

    Refusal(int code, String reason, String... fields) {
        super(reason);
        this.code = code;
        this.fields = Headers.of(fields);
    }

    static void unless(boolean condition, int code, String reason, String... fields) throws Refusal {
        if (!condition) {
            throw new Refusal(code, reason, fields);
        }
    }
}
