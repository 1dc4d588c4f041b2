package io.asgi4j.server.netty.http1;

import static io.asgi4j.server.netty.http1.Violation.badRequest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rules of RFC 9112 and RFC 9110 for a request whose head is well-formed: how its body is framed, its target, Host and Expect.
 * Stateless.
 */
final class RequestCheck {
    /** Digits of the longest length that a long holds. */
    private static final int MAX_DIGITS = 19;

    private static final BodyFraming NONE = new BodyFraming.None();
    private static final BodyFraming CHUNKED = new BodyFraming.Chunked();

    private RequestCheck() {}

    /**
     * Takes the target of a request apart, and checks what else its fields say but for the body.
     *
     * @throws Violation.Found if the request is refused
     */
    static RequestTarget target(RequestHead head) {
        requireExpectation(head.fields());
        var target = RequestTarget.parse(head.method(), head.target());
        requireHost(head);
        return target;
    }

    /**
     * Returns how the body is framed (RFC 9112 6.3): by nothing but the two fields that are there for it.
     *
     * @throws Violation.Found if they contradict each other or make no sense
     */
    static BodyFraming framing(RequestHead head) {
        var coded = head.fields().contains("transfer-encoding");
        var lengths = head.fields().count("content-length");
        if (coded) {
            requireChunked(head, lengths);
            return CHUNKED;
        }
        if (lengths == 0) {
            return NONE;
        }
        var length = length(head.fields().first("content-length"));
        if (lengths > 1 || length < 0) {
            throw new Violation.Found(badRequest("RFC 9112 6.3", "The Content-Length is not one number."));
        }
        return length == 0 ? NONE : new BodyFraming.Length(length);
    }

    /** Returns the number, or -1 if it is none. */
    private static long length(@Nullable String digits) {
        if (digits == null || digits.isEmpty() || digits.length() > MAX_DIGITS) {
            return -1;
        }
        var number = 0L;
        for (var i = 0; i < digits.length(); i++) {
            if (!Tokens.isDigit(digits.charAt(i))) {
                return -1;
            }
            number = 10 * number + digits.charAt(i) - '0';
        }
        // Too large a number has become a negative one.
        return number;
    }

    private static void requireChunked(RequestHead head, int lengths) {
        if (head.http10()) {
            throw new Violation.Found(badRequest("RFC 9112 6.1", "HTTP/1.0 has no Transfer-Encoding."));
        }
        if (lengths > 0) {
            throw new Violation.Found(
                    badRequest("RFC 9112 6.3", "The request has both Transfer-Encoding and Content-Length."));
        }
        var coding = String.join(",", head.fields().all("transfer-encoding")).toLowerCase(Locale.ROOT);
        if (!coding.equals("chunked")) {
            throw new Violation.Found(
                    coding.isEmpty() || coding.contains("chunked")
                            ? badRequest("RFC 9112 6.3", "The only transfer coding must be chunked.")
                            : new Violation(501, "RFC 9112 6.1", "This server knows no transfer coding but chunked."));
        }
    }

    private static void requireHost(RequestHead head) {
        var host = head.fields().first("host");
        if (host == null) {
            if (!head.http10()) {
                throw new Violation.Found(badRequest("RFC 9112 3.2", "The request has no Host field."));
            }
            return;
        }
        if (head.fields().count("host") > 1) {
            throw new Violation.Found(badRequest("RFC 9112 3.2", "The request has more than one Host field."));
        }
        if (!Tokens.isHost(host)) {
            throw new Violation.Found(badRequest("RFC 9112 3.2", "The Host field is not a host."));
        }
    }

    private static void requireExpectation(Fields fields) {
        var expectation = fields.first("expect");
        if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
            throw new Violation.Found(
                    new Violation(417, "RFC 9110 10.1.1", "This server meets no expectation but 100-continue."));
        }
    }
}
