package io.asgi4j.server.netty.http;

import static io.asgi4j.server.netty.http.Violation.badRequest;

import org.jspecify.annotations.Nullable;

/** What the fields of a request must be like in every version of HTTP (RFC 9110). Stateless. */
public final class FieldRules {
    /** Digits of the longest length that a long holds. */
    private static final int MAX_DIGITS = 19;

    private FieldRules() {}

    /**
     * Requires one Host field that names a host.
     *
     * @param optional whether none will do as well
     * @throws Violation.Found if there is none, or another one
     */
    public static void requireHost(Fields fields, boolean optional) {
        var host = fields.first("host");
        if (host == null) {
            if (!optional) {
                throw new Violation.Found(badRequest("RFC 9112 3.2", "The request has no Host field."));
            }
            return;
        }
        if (fields.count("host") > 1) {
            throw new Violation.Found(badRequest("RFC 9112 3.2", "The request has more than one Host field."));
        }
        if (!Tokens.isHost(host)) {
            throw new Violation.Found(badRequest("RFC 9112 3.2", "The Host field is not a host."));
        }
    }

    /**
     * Requires that the request expects nothing but 100 (Continue).
     *
     * @throws Violation.Found if it does
     */
    public static void requireExpectation(Fields fields) {
        var expectation = fields.first("expect");
        if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
            throw new Violation.Found(
                    new Violation(417, "RFC 9110 10.1.1", "This server meets no expectation but 100-continue."));
        }
    }

    /**
     * Returns what the one Content-Length field says.
     *
     * @throws Violation.Found if there are more, or it is not one number
     */
    public static long contentLength(Fields fields) {
        var length = length(fields.first("content-length"));
        if (length < 0 || fields.count("content-length") > 1) {
            throw new Violation.Found(badRequest("RFC 9112 6.3", "The Content-Length is not one number."));
        }
        return length;
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
}
