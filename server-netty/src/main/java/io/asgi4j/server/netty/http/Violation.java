package io.asgi4j.server.netty.http;

import io.asgi4j.spec.Headers;

/**
 * A rule of HTTP that a request breaks.
 *
 * @param status the status that answers it
 * @param rule the section that states the rule, such as {@code RFC 9112 3.2}
 * @param message what is wrong, for the client and the log; it never repeats the client's bytes
 * @param headers fields that the answer must have
 */
public record Violation(int status, String rule, String message, Headers headers) {
    /** The client does nothing wrong, but the application has no room for one more call. */
    public static final Violation BUSY = new Violation(
            503, "RFC 9110 15.6.4", "The server has too many requests to answer.", Headers.of("retry-after", "1"));

    /** A violation whose answer needs no fields of its own. */
    public Violation(int status, String rule, String message) {
        this(status, rule, message, Headers.empty());
    }

    /** Returns a violation that is answered by 400. */
    public static Violation badRequest(String rule, String message) {
        return new Violation(400, rule, message);
    }

    /** Carries a violation out of the decoder. */
    public static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Violation violation;

        public Found(Violation violation) {
            super(violation.message(), null, false, false);
            this.violation = violation;
        }

        public Violation violation() {
            return violation;
        }
    }
}
