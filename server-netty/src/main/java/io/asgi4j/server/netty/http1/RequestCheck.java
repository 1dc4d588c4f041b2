package io.asgi4j.server.netty.http1;

import static io.asgi4j.server.netty.http1.Violation.badRequest;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Locale;

/**
 * The rules of RFC 9112 and RFC 9110 for a request's head that the decoder leaves open: Host, target, framing, counts.
 * Stateless.
 */
final class RequestCheck {
    private final int maxFields;

    RequestCheck(int maxFields) {
        this.maxFields = maxFields;
    }

    /**
     * Checks the head of a request and takes its target apart.
     *
     * @throws Violation.Found if the request is refused
     */
    RequestTarget check(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            throw new Violation.Found(undecodable(request.decoderResult().cause()));
        }
        var headers = request.headers();
        requireCount(headers.size());
        requireFraming(request);
        requireExpectation(headers);
        var target = RequestTarget.parse(request.method().name(), request.uri());
        requireHost(request);
        if (target.authority() != null) {
            headers.set(HttpHeaderNames.HOST, target.authority());
        }
        return target;
    }

    /** Requires that head and trailers together stay within the limit. */
    void requireCount(int fields) {
        if (fields > maxFields) {
            throw new Violation.Found(new Violation(431, "RFC 6585 5", "The request has too many fields."));
        }
    }

    /** Says which rule a message broke that the decoder gave up on. */
    static Violation undecodable(Throwable cause) {
        return switch (cause) {
            case Violation.Found found -> found.violation();
            case TooLongHttpLineException tooLong ->
                new Violation(414, "RFC 9110 15.5.15", "The request line is too long.");
            case TooLongHttpHeaderException tooLong -> new Violation(431, "RFC 6585 5", "The fields are too large.");
            case TooLongFrameException tooLong -> new Violation(413, "RFC 9110 15.5.14", "A part is too large.");
            default -> badRequest("RFC 9112 2", "This is not an HTTP request.");
        };
    }

    /** Says which rule a body broke that the decoder gave up on. */
    static Violation undecodableBody(Throwable cause) {
        return cause instanceof TooLongHttpLineException
                ? badRequest("RFC 9112 7.1.1", "The line of a chunk's size is too long.")
                : undecodable(cause);
    }

    private static void requireHost(HttpRequest request) {
        var hosts = request.headers().valueStringIterator(HttpHeaderNames.HOST);
        if (!hosts.hasNext()) {
            if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
                throw new Violation.Found(badRequest("RFC 9112 3.2", "The request has no Host field."));
            }
            return;
        }
        var host = hosts.next();
        if (hosts.hasNext()) {
            throw new Violation.Found(badRequest("RFC 9112 3.2", "The request has more than one Host field."));
        }
        if (!Tokens.isHost(host)) {
            throw new Violation.Found(badRequest("RFC 9112 3.2", "The Host field is not a host."));
        }
    }

    private static void requireFraming(HttpRequest request) {
        var headers = request.headers();
        if (!headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return;
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            throw new Violation.Found(badRequest("RFC 9112 6.1", "HTTP/1.0 has no Transfer-Encoding."));
        }
        if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            throw new Violation.Found(
                    badRequest("RFC 9112 6.3", "The request has both Transfer-Encoding and Content-Length."));
        }
        var coding = String.join(",", headers.getAll(HttpHeaderNames.TRANSFER_ENCODING))
                .toLowerCase(Locale.ROOT);
        if (!coding.equals("chunked")) {
            throw new Violation.Found(
                    coding.contains("chunked")
                            ? badRequest("RFC 9112 6.3", "The only transfer coding must be chunked.")
                            : new Violation(501, "RFC 9112 6.1", "This server knows no transfer coding but chunked."));
        }
    }

    private static void requireExpectation(HttpHeaders headers) {
        var expectation = headers.get(HttpHeaderNames.EXPECT);
        if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
            throw new Violation.Found(
                    new Violation(417, "RFC 9110 10.1.1", "This server meets no expectation but 100-continue."));
        }
    }
}
