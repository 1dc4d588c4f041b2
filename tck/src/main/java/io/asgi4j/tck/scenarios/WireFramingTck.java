package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.orEnd;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.response;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.trace;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.calls;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.unreached;

import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.ResponseMatcher;
import io.asgi4j.tck.scenario.TraceMatcher;
import io.asgi4j.tck.script.Script;
import org.junit.jupiter.api.Test;

/**
 * Where a server sees the end of a request: the rules {@code wire.framing} and {@code wire.chunks} of WIRE.md. Behind each request comes
 * another one, which a server that was misled would serve.
 */
public abstract class WireFramingTck extends Tck {
    private static final String GET = "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n";
    private static final String POST = "POST {path} HTTP/1.1\r\nHost: {host}\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    /** Content that would be a request if it stood for itself. */
    private static final String SMUGGLED = "GET / HTTP/1.1\r\nHost: smuggled\r\n\r\n";

    private static final Script READ = app(receiveUntilBodyEnds());
    private static final Script READ_AND_ANSWER =
            calls(app(receiveUntilBodyEnds(), respond(200, "one")), app(receiveUntilBodyEnds(), respond(200, "two")));

    @Test
    @Requirement("wire.framing.none")
    final void aRequestWithoutFramingHasNoContent() {
        scenario(READ_AND_ANSWER)
                .write(POST + "\r\n" + GET)
                .expectResponse(status(200), body("one"))
                .expectResponse(status(200), body("two"), orEnd())
                .expectApp(requestBody(""));
    }

    @Test
    @Requirement("wire.framing.any-method")
    final void theContentOfAGetIsNoRequest() {
        scenario(READ_AND_ANSWER)
                .write("GET {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: " + SMUGGLED.length() + "\r\n\r\n"
                        + SMUGGLED + GET)
                .expectResponseOrClose(servedOrRefused())
                .expectResponse(status(200), body("two"), orEnd())
                .expectApp(calledAtMost(2));
    }

    @Test
    @Requirement("wire.framing.length")
    final void aLengthThatIsNoDecimalNumberIsRefused() {
        refused(status(400), "+5", "-5", "5a", "0x5", "5.0", "5 5", "\u00d9\u00a5");
    }

    @Test
    @Requirement("wire.framing.lengths-differ")
    final void lengthsThatDifferAreRefused() {
        refused(status(400), "5\r\nContent-Length: 6", "6\r\nContent-Length: 5", "5, 6");
    }

    @Test
    @Requirement("wire.framing.length-overflow")
    final void aLengthThatOverflowsIsNotASmallOne() {
        neverComplete(
                POST + "Content-Length: 4294967301\r\n\r\nhello",
                POST + "Content-Length: 18446744073709551621\r\n\r\nhello",
                POST + "Content-Length: 340282366920938463463374607431768211461\r\n\r\nhello");
    }

    @Test
    @Requirement("wire.framing.coding")
    final void aTransferCodingWithoutKnownEndIsRefused() {
        refused(
                response("status 400 or 501", response -> response.status() == 400 || response.status() == 501),
                "5\r\nTransfer-Encoding: xchunked",
                "5\r\nTransfer-Encoding: chunked, identity",
                "5\r\nTransfer-Encoding: \"chunked\"",
                "5\r\nTransfer-Encoding: \u000bchunked");
    }

    @Test
    @Requirement("wire.framing.both")
    final void nothingIsServedBehindARequestWithTwoFramings() {
        twoFramings(POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    @Test
    @Requirement("wire.framing.coding-of-http-1-0")
    final void nothingIsServedBehindARequestOfHttp10InChunks() {
        twoFramings(
                "POST {path} HTTP/1.0\r\nHost: {host}\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    @Test
    @Requirement("wire.framing.incomplete")
    final void contentThatIsCutOffIsNotComplete() {
        neverComplete(POST + "Content-Length: 6\r\n\r\nhello", CHUNKED + "5\r\nhello\r\n");
    }

    @Test
    @Requirement("wire.chunks.size")
    final void aSizeThatIsNoHexadecimalNumberIsRefused() {
        brokenChunks("0x5\r\nhello", "-5\r\nhello", "+5\r\nhello", "5g\r\nhello", ";a=b\r\nhello", "5_0\r\nhello");
    }

    @Test
    @Requirement("wire.chunks.size-overflow")
    final void aSizeThatOverflowsIsNotASmallOne() {
        neverComplete(
                CHUNKED + "100000005\r\nhello\r\n0\r\n\r\n",
                CHUNKED + "10000000000000005\r\nhello\r\n0\r\n\r\n",
                CHUNKED + "fffffffffffffffb\r\nhello\r\n0\r\n\r\n");
    }

    @Test
    @Requirement("wire.chunks.end")
    final void aChunkThatIsNotFollowedByCrlfIsRefused() {
        brokenChunks("5\r\nhelloXX0\r\n\r\n", "5\r\nhello0\r\n\r\n");
    }

    @Test
    @Requirement("wire.chunks.extensions")
    final void extensionsOfChunksAreIgnored() {
        scenario(READ_AND_ANSWER)
                .write(CHUNKED + "5;a;b=c;d=\"e\"\r\nhello\r\n0;f\r\n\r\n" + GET)
                .expectResponse(status(200), body("one"))
                .expectResponse(status(200), body("two"), orEnd())
                .expectApp(requestBody("hello"));
    }

    @Test
    @Requirement("wire.chunks.trailers")
    final void trailersBelongToTheirRequest() {
        scenario(READ_AND_ANSWER)
                .write(CHUNKED + "5\r\nhello\r\n0\r\nX-A: one\r\nX-B: two\r\n\r\n" + GET)
                .expectResponse(status(200), body("one"))
                .expectResponse(status(200), body("two"), orEnd())
                .expectApp(requestBody("hello"));
    }

    /** Values of Content-Length, each in a request of its own. */
    private void refused(ResponseMatcher how, String... lengths) {
        var scenario = scenario(unreached());
        for (var i = 0; i < lengths.length; i++) {
            scenario.on("malformed-" + (i + 1))
                    .write(POST + "Content-Length: " + lengths[i] + "\r\n\r\nhello" + GET)
                    .expectResponse(how)
                    .expectClose();
        }
        scenario.expectApp(called(0));
    }

    /** A request in chunks that may be served, since it is clear where it ends, and nothing behind it. */
    private void twoFramings(String head) {
        scenario(READ_AND_ANSWER)
                .write(head + "5\r\nhello\r\n0\r\n\r\n" + GET)
                .expectResponseOrClose(servedOrRefused())
                .expectClose()
                .expectApp(trace(
                        "at most one call of the application, which gets the body \"hello\"",
                        view -> view.calls() == 0
                                || (view.calls() == 1 && requestBody("hello").matches(view, Facts.NONE))));
    }

    /** Content in chunks that has no end, since nobody can tell where. */
    private void brokenChunks(String... contents) {
        var scenario = scenario(READ);
        for (var i = 0; i < contents.length; i++) {
            scenario.on("malformed-" + (i + 1))
                    .write(CHUNKED + contents[i] + "\r\n0\r\n\r\n" + GET)
                    .expectResponseOrClose(refusal())
                    .expectClose();
        }
        scenario.expectApp(nothingComplete());
    }

    /** Requests whose end does not come. */
    private void neverComplete(String... requests) {
        var scenario = scenario(READ);
        for (var i = 0; i < requests.length; i++) {
            scenario.on("cut-off-" + (i + 1)).write(requests[i]).halfClose().readToTheEnd();
        }
        scenario.expectApp(nothingComplete());
    }

    private static TraceMatcher nothingComplete() {
        return no(received("http.request").with("more_body", false));
    }

    private static TraceMatcher calledAtMost(int times) {
        return trace("at most %d calls of the application".formatted(times), view -> view.calls() <= times);
    }

    private static ResponseMatcher servedOrRefused() {
        return response(
                "status 200, 4xx or 501",
                response -> response.status() == 200 || response.status() / 100 == 4 || response.status() == 501);
    }

    private static ResponseMatcher refusal() {
        return response("status 4xx or 5xx", response -> response.status() / 100 == 4 || response.status() / 100 == 5);
    }
}
