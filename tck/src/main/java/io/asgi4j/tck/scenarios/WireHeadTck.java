package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.requestHeader;
import static io.asgi4j.tck.scenario.Matchers.requestHeaderOf;
import static io.asgi4j.tck.scenario.Matchers.response;
import static io.asgi4j.tck.scenario.Matchers.scope;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.trace;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;

import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.ResponseMatcher;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.scenario.TraceMatcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a server makes of the head of a request: the rules {@code wire.head} of WIRE.md. A server that refuses everything does not do
 * well, since what is malformed follows something like it that is sound.
 */
public abstract class WireHeadTck extends Tck {
    private static final String LINE = "GET {path} HTTP/1.1\r\n";
    private static final String HOST = "Host: {host}\r\n";

    @Test
    @Requirement("wire.head.line")
    final void whatIsNoRequestLineIsRefused() {
        refused(
                refusal(),
                "GET {path}\r\n" + HOST,
                "{path} HTTP/1.1\r\n" + HOST,
                "GET {path} HTTP/1.1 more\r\n" + HOST,
                "G@T {path} HTTP/1.1\r\n" + HOST);
    }

    @Test
    @Requirement("wire.head.version")
    final void whatIsNoVersionIsRefused() {
        refused(
                refusal(),
                "GET {path} HTTP/1\r\n" + HOST,
                "GET {path} HTTP/01.1\r\n" + HOST,
                "GET {path} HTTP/1.x\r\n" + HOST,
                "GET {path} HTTPS/1.1\r\n" + HOST);
    }

    @Test
    @Requirement("wire.head.major-version")
    final void anotherMajorVersionIsRefused() {
        refused(refusal(), "GET {path} HTTP/3.0\r\n" + HOST);
    }

    @Test
    @Requirement("wire.head.minor-version")
    final void aHigherMinorVersionIsServed() {
        served("GET {path} HTTP/1.2\r\n" + HOST + "\r\n");
    }

    @Test
    @Requirement("wire.head.empty-line")
    final void anEmptyLineInFrontIsIgnored() {
        served("\r\n" + LINE + HOST + "\r\n");
    }

    @Test
    @Requirement("wire.head.long-line")
    final void aLongLineIsServed() {
        served("GET {path}?" + "a".repeat(7850) + " HTTP/1.1\r\n" + HOST + "\r\n");
    }

    @Test
    @Requirement("wire.head.absolute-form")
    final void aWholeUriIsServed() {
        served("GET http://{host}{path}/x HTTP/1.1\r\n" + HOST + "X-Tck-Scenario: {id}\r\n\r\n")
                .expectApp(scope("path", "{path}/x"));
    }

    @Test
    @Requirement("wire.head.host-missing")
    final void aRequestWithoutHostIsRefused() {
        refused(status(400), LINE);
    }

    @Test
    @Requirement("wire.head.host-repeated")
    final void aRequestWithTwoHostsIsRefused() {
        refused(
                status(400),
                LINE + HOST + "Host: other.example\r\n",
                LINE + HOST + HOST,
                "GET {path} HTTP/1.0\r\n" + HOST + "Host: other.example\r\n");
    }

    @Test
    @Requirement("wire.head.host-invalid")
    final void aHostThatIsNoneIsRefused() {
        refused(status(400), LINE + "Host: a b\r\n", LINE + "Host: a/b\r\n", LINE + "Host: a:b\r\n");
    }

    @Test
    @Requirement("wire.head.field-name")
    final void aFieldLineWithoutANameIsRefused() {
        refused(
                refusal(),
                LINE + HOST + "X A: 1\r\n",
                LINE + HOST + "X(A): 1\r\n",
                LINE + HOST + ": 1\r\n",
                LINE + HOST + "no colon\r\n",
                LINE + HOST + "X-\u00e9: 1\r\n");
    }

    @Test
    @Requirement("wire.head.field-name-case")
    final void namesOfFieldsMayBeInAnyCase() {
        scenario(app(receiveUntilBodyEnds(), respond(204)))
                .write("POST {path} HTTP/1.1\r\nhOsT: {host}\r\ncOnTeNt-LeNgTh: 5\r\n\r\nhello")
                .expectStatus(204)
                .expectApp(requestBody("hello"));
    }

    @Test
    @Requirement("wire.head.space-before-colon")
    final void whiteSpaceBeforeTheColonIsRefused() {
        refused(
                status(400),
                LINE + HOST + "X-A : 1\r\n",
                LINE + HOST + "X-A\t: 1\r\n",
                LINE + HOST + "Content-Length : 5\r\n");
    }

    @Test
    @Requirement("wire.head.space-around-value")
    final void whiteSpaceAroundAValueIsNoPartOfIt() {
        served(LINE + HOST + "X-A:one\r\nX-A: \t two \t \r\nX-A:\r\n\r\n")
                .expectApp(requestHeader("x-a", "one", "two", ""));
    }

    @Test
    @Requirement("wire.head.space-before-first-field")
    final void aFirstLineThatBeginsWithWhiteSpaceIsRefusedOrIgnored() {
        refusedOrRead(LINE + " X-A: one\r\n" + HOST, "no field", requestHeaderOf(1, "x-a"));
    }

    @Test
    @Requirement("wire.head.folded")
    final void aFoldedFieldIsRefusedOrUnfolded() {
        refusedOrRead(
                LINE + HOST + "X-A: one\r\n two\r\n",
                "one line",
                requestHeaderOf(1, "x-a", "one two"),
                requestHeaderOf(1, "x-a", "one  two"),
                requestHeaderOf(1, "x-a", "one   two"));
    }

    @Test
    @Requirement("wire.head.bare-cr")
    final void aCrAloneIsRefusedOrASpace() {
        refusedOrRead(LINE + HOST + "X-A: one\rtwo\r\n", "\"one two\"", requestHeaderOf(1, "x-a", "one two"));
    }

    @Test
    @Requirement("wire.head.nul")
    final void aNulIsRefusedOrASpace() {
        refusedOrRead(LINE + HOST + "X-A: one\0two\r\n", "\"one two\"", requestHeaderOf(1, "x-a", "one two"));
    }

    private ScenarioBuilder served(String request) {
        return scenario(app(respond(204))).write(request).expectStatus(204);
    }

    /** Heads that are malformed, each on a connection of its own. */
    private void refused(ResponseMatcher how, String... heads) {
        var scenario = afterASoundOne();
        for (var i = 0; i < heads.length; i++) {
            scenario.on("malformed-" + (i + 1)).write(heads[i] + "\r\n");
            if (how.equals(status(400))) {
                scenario.expectResponse(how);
            } else {
                scenario.expectResponseOrClose(how);
            }
        }
        scenario.expectApp(called(1));
    }

    /** A head that is malformed, and the fields that the application may see if it is served all the same. */
    private void refusedOrRead(String head, String words, TraceMatcher... either) {
        afterASoundOne()
                .on("malformed")
                .write(head + "\r\n")
                .expectResponseOrClose(response(
                        "status 204 or 4xx", response -> response.status() == 204 || response.status() / 100 == 4))
                .expectApp(trace(
                        "that the application is not called a second time, or sees %s of x-a".formatted(words),
                        view -> view.calls() == 1
                                || Stream.of(either).anyMatch(matcher -> matcher.matches(view, Facts.NONE))));
    }

    private ScenarioBuilder afterASoundOne() {
        return scenario(app(respond(204)))
                .on("sound")
                .write(LINE + HOST + "X-A: one two\r\n\r\n")
                .expectStatus(204);
    }

    private static ResponseMatcher refusal() {
        return response(
                "status 4xx, 501 or 505",
                response -> response.status() / 100 == 4 || response.status() == 501 || response.status() == 505);
    }
}
