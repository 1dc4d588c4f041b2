package io.asgi4j.server.netty.http1;

import static io.asgi4j.server.netty.http.Violation.badRequest;

import io.asgi4j.server.netty.http.FieldRules;
import io.asgi4j.server.netty.http.RequestTarget;
import io.asgi4j.server.netty.http.Violation;
import java.util.Locale;

/**
 * The rules of RFC 9112 and RFC 9110 for a request whose head is well-formed: how its body is framed, its target, Host and Expect.
 * Stateless.
 */
final class RequestCheck {
    private static final BodyFraming NONE = new BodyFraming.None();
    private static final BodyFraming CHUNKED = new BodyFraming.Chunked();

    private RequestCheck() {}

    /**
     * Takes the target of a request apart, and checks what else its fields say but for the body.
     *
     * @throws Violation.Found if the request is refused
     */
    static RequestTarget target(RequestHead head) {
        FieldRules.requireExpectation(head.fields());
        var target = RequestTarget.parse(head.method(), head.target());
        FieldRules.requireHost(head.fields(), head.http10());
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
        var length = FieldRules.contentLength(head.fields());
        return length == 0 ? NONE : new BodyFraming.Length(length);
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
}
