package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.clientError;
import static io.asgi4j.tck.scenario.Matchers.containing;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.header;
import static io.asgi4j.tck.scenario.Matchers.headerMember;
import static io.asgi4j.tck.scenario.Matchers.headerOnce;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.noHeader;
import static io.asgi4j.tck.scenario.Matchers.notCalled;
import static io.asgi4j.tck.scenario.Matchers.orEnd;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.requestHeader;
import static io.asgi4j.tck.scenario.Matchers.response;
import static io.asgi4j.tck.scenario.Matchers.scope;
import static io.asgi4j.tck.scenario.Matchers.scopeOf;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.text;
import static io.asgi4j.tck.scenario.Matchers.trace;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.calls;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.end;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.sendText;
import static io.asgi4j.tck.scenario.Scripts.start;
import static io.asgi4j.tck.scenario.Scripts.unreached;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.scenario.ResponseMatcher;
import io.asgi4j.tck.scenario.TraceMatcher;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.TraceEntry.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How HTTP/1.1 connections are used again, closed, and guarded against malformed requests. */
public abstract class HttpConnectionTck extends Tck {
    private static final String GET = "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n";
    private static final int MOST_CONNECTIONS = 20;
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Script ONE_TWO_THREE =
            calls(app(receive(), respond(200, "one")), app(receive(), respond(200, "two")), app(respond(200, "three")));
    private static final Script UNREAD = calls(app(respond(200, "one")), app(respond(200, "two")));

    @Test
    @Requirement({"http.connection.kept", "core.call.one-per-exchange"})
    final void aConnectionCarriesRequestsInTurn() {
        scenario(ONE_TWO_THREE)
                .get()
                .expectResponse(status(200), body("one"))
                .get()
                .expectResponse(status(200), body("two"))
                .expectOpen()
                .expectApp(called(2));
    }

    @Test
    @Requirement("http.connection.response-order")
    final void pipelinedRequestsAreAnsweredInOrder() {
        scenario(ONE_TWO_THREE)
                .write(GET + GET + GET)
                .expectResponse(body("one"))
                .expectResponse(body("two"))
                .expectResponse(body("three"))
                .expectApp(called(3));
    }

    @Test
    @Requirement("http.connection.one-at-a-time")
    final void aPipelinedRequestWaitsForTheResponseInFront() {
        scenario(calls(app(await("go"), respond(200, "one")), app(respond(200, "two"))))
                .write(GET + GET)
                .expectAppQuietAfter("scope")
                .signal("go")
                .expectResponse(body("one"))
                .expectResponse(body("two"))
                .expectApp(
                        called(2),
                        inOrder(
                                entry(Kind.SIGNALLED).inCall(0),
                                entry(Kind.SCOPE).inCall(1)));
    }

    @Test
    @Requirement({"http.connection.close-honoured", "http.connection.close-announced"})
    final void nothingIsServedAfterTheClientAskedForClosing() {
        scenario(ONE_TWO_THREE)
                .write("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n" + GET)
                .expectResponse(body("one"), headerMember("connection", "close"))
                .expectClose()
                .expectApp(called(1));
    }

    @Test
    @Requirement("http.connection.idle-timed")
    final void anIdleConnectionIsClosedInTheEnd() {
        scenario(ONE_TWO_THREE)
                .startedWith(StartOption.KEEP_ALIVE_TIMEOUT, SHORT)
                .get()
                .expectResponse(body("one"))
                .expectClose()
                .expectApp(called(1));
    }

    @Test
    @Requirement("http.connection.busy-not-idle")
    final void aConnectionWhoseRequestIsWorkedOnIsNotIdle() {
        scenario(app(await("go"), respond(200, "late")))
                .startedWith(StartOption.KEEP_ALIVE_TIMEOUT, Duration.ofMillis(50))
                .get()
                .awaitApp("scope")
                .expectNothing()
                .expectOpen()
                .signal("go")
                .expectResponse(status(200), body("late"))
                .expectClose();
    }

    @Test
    @Requirement("http.connection.unknown-upgrade-ignored")
    final void anUpgradeToAnUnknownProtocolIsIgnored() {
        scenario(ONE_TWO_THREE)
                .send("GET {path} HTTP/1.1", "Host: {host}", "Connection: Upgrade", "Upgrade: tck/1", "")
                .expectResponse(status(200), body("one"), noHeader("upgrade"))
                .get()
                .expectResponse(body("two"))
                .expectApp(scope("type", "http"), scope("http_version", "1.1"), requestHeader("upgrade", "tck/1"));
    }

    @Test
    @Requirement("http.connection.unknown-upgrade-ignored")
    final void anUpgradeToHttp2IsTakenOrIgnored() {
        scenario(ONE_TWO_THREE)
                .send(
                        "GET {path} HTTP/1.1",
                        "Host: {host}",
                        "Connection: Upgrade, HTTP2-Settings",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
                        "")
                .expectHead(status(101, 200))
                .expectApp(called(1), scope("type", "http"));
    }

    @Test
    @Requirement("http.connection.idle-timed")
    final void aConnectionWithoutAnyRequestIsClosedInTheEnd() {
        scenario(unreached())
                .startedWith(StartOption.KEEP_ALIVE_TIMEOUT, SHORT)
                .startedWith(StartOption.HEAD_TIMEOUT, SHORT)
                .connect()
                .expectCloseAfterAnything()
                .expectApp(notCalled());
    }

    @Test
    @Requirement("http.connection.busy-not-idle")
    @Needs(Feature.WEBSOCKET)
    final void aWebSocketIsNotIdle() {
        scenario(app(connectAndAccept(), await("go"), sendText("late"), receive()))
                .startedWith(StartOption.KEEP_ALIVE_TIMEOUT, SHORT)
                .startedWith(StartOption.HEAD_TIMEOUT, SHORT)
                .startedWith(StartOption.BODY_TIMEOUT, SHORT)
                .openWebSocket()
                .expectNothing()
                .expectNothing()
                .expectNothing()
                .signal("go")
                .expectMessage(text("late"))
                .closeWebSocket(1000, "")
                .expectApp(received("websocket.disconnect").with("code", 1000));
    }

    /** What it does about the one more is its own business: it may answer 503, end the connection, or let it wait until there is room. */
    @Test
    @Requirement("http.invalid.overload")
    final void whenThereAreTooManyConnectionsOneMoreIsNotServed() {
        var scenario = scenario(app(respond(200, "served"))).startedWith(StartOption.MAX_CONNECTIONS, MOST_CONNECTIONS);
        for (var i = 0; i < 2 * MOST_CONNECTIONS; i++) {
            scenario.on("connection " + i).connect();
        }
        scenario.get("/surplus").on("connection 0");
        for (var i = 0; i < 3; i++) {
            scenario.get("/" + i).expectResponse(status(200), body("served"));
        }
        for (var i = 0; i < 2 * MOST_CONNECTIONS; i++) {
            scenario.on("connection " + i).halfClose();
        }
        for (var i = 0; i < 2 * MOST_CONNECTIONS; i++) {
            scenario.on("connection " + i).expectCloseAfterAnything();
        }
        scenario.expectApp(
                scopeOf(0, "path", containing("/0")),
                scopeOf(1, "path", containing("/1")),
                scopeOf(2, "path", containing("/2")),
                atMostCalled(4));
    }

    // requests that are answered before they are read

    @Test
    @Requirement("http.connection.unread-body")
    final void theRequestBehindAnUnreadBodyIsServedOrTheConnectionEnds() {
        scenario(UNREAD)
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 34\r\n\r\n"
                        + "GET / HTTP/1.1\r\nHost: smuggled\r\n\r\n" + GET)
                .expectResponse(status(200), body("one"))
                .expectResponse(status(200), body("two"), orEnd())
                .expectApp(scopeOf(0, "path", containing("{path}")), atMostCalled(2));
    }

    @Test
    @Requirement("http.connection.unread-body")
    final void aBodyThatComesAfterItsResponseIsNoRequest() {
        scenario(UNREAD)
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n")
                .expectResponse(status(200), body("one"))
                .write(GET)
                .expectAppQuietAfter("returned")
                .expectApp(called(1));
    }

    @Test
    @Requirement({"http.connection.unread-body", "http.connection.early-answer-readable"})
    final void theRestOfABodyMayFollowItsResponse() {
        scenario(UNREAD)
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 11\r\n\r\nhello")
                .expectResponse(status(200), body("one"))
                .write(" world" + GET)
                .expectResponse(status(200), body("two"), orEnd())
                .expectApp(atMostCalled(2));
    }

    @Test
    @Requirement("http.connection.unread-body-bounded")
    final void aBodyThatNobodyReadsIsNotReadForEver() {
        scenario(UNREAD)
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 10000000000\r\n\r\n")
                .expectResponse(status(200), body("one"))
                .floodUntilGivenUp(fill("x", 65536), 256L << 20)
                .expectApp(called(1));
    }

    @Test
    @Requirement("http.connection.unread-body-bounded")
    final void aBodyThatNobodyReadsIsNotAwaitedForEver() {
        scenario(UNREAD)
                .startedWith(StartOption.UNREAD_BODY_TIMEOUT, SHORT)
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\nhe")
                .expectResponse(status(200), body("one"))
                .expectClose()
                .expectApp(called(1));
    }

    @Test
    @Requirement("http.response.date")
    final void theDateCanBeSwitchedOff() {
        scenario(app(respond(200, "")))
                .startedWith(StartOption.DATE_FIELD, "false")
                .get()
                .expectResponse(status(200), noHeader("date"));
    }

    @Test
    @Requirement("http.response.server")
    final void theNameOfTheServerCanBeSwitchedOff() {
        scenario(app(respond(200, "")))
                .startedWith(StartOption.SERVER_FIELD, "false")
                .get()
                .expectResponse(status(200), noHeader("server"));
    }

    @Test
    @Requirement("http.response.date")
    final void aResponseSaysItsDateOnce() {
        scenario(app(respond(200, ""))).get().expectResponse(status(200), headerOnce("date"));
    }

    @Test
    @Requirement("http.response.date")
    final void aRefusalSaysItsDateOnce() {
        scenario(unreached())
                .send("GET {path} HTTP/1.1", "X-A: 1", "")
                .expectResponse(status(400), headerOnce("date"))
                .expectApp(notCalled());
    }

    @Test
    @Requirement("http.response.server")
    final void aResponseNamesItsServerOnce() {
        scenario(app(respond(200, ""))).get().expectResponse(status(200), headerOnce("server"));
    }

    @Test
    @Requirement("http.response.fields-not-doubled")
    final void theApplicationsDateAndServerStandAlone() {
        scenario(app(start(200, "date", "Sun, 06 Nov 1994 08:49:37 GMT", "server", "tck"), end()))
                .get()
                .expectResponse(status(200), header("date", "Sun, 06 Nov 1994 08:49:37 GMT"), header("server", "tck"));
    }

    @Test
    @Requirement("http.invalid.answered-by-server")
    final void whatIsNoRequestLineIsRefused() {
        malformed("this is not HTTP", "Host: {host}", "");
    }

    @Test
    @Requirement("http.invalid.answered-by-server")
    final void aMethodThatIsNoTokenIsRefused() {
        malformed("G@T {path} HTTP/1.1", "Host: {host}", "");
    }

    @Test
    @Requirement("http.invalid.answered-by-server")
    final void aVersionThatIsNoneIsRefused() {
        malformed("GET {path} HTTP/x.y", "Host: {host}", "");
    }

    @Test
    @Requirement("http.invalid.answered-by-server")
    final void aTargetWithASpaceIsRefused() {
        malformed("GET {path}/a b HTTP/1.1", "Host: {host}", "");
    }

    @Test
    @Requirement("http.invalid.target")
    final void aTargetInNoKnownFormIsRefused() {
        scenario(unreached())
                .send("GET nowhere HTTP/1.1", "Host: {host}", "X-Tck-Scenario: {id}", "")
                .expectResponse(clientError())
                .expectApp(notCalled());
    }

    @Test
    @Requirement({"http.invalid.target", "http.scope.asterisk-form"})
    final void anAsteriskIsNoTargetForGet() {
        scenario(unreached())
                .send("GET * HTTP/1.1", "Host: {host}", "X-Tck-Scenario: {id}", "")
                .expectResponse(clientError())
                .expectApp(notCalled());
    }

    @Test
    @Requirement("http.invalid.host")
    final void aRequestWithoutAHostIsRefused() {
        scenario(unreached())
                .send("GET {path} HTTP/1.1", "X-A: 1", "")
                .expectStatus(400)
                .expectApp(notCalled());
    }

    @Test
    @Requirement("http.invalid.host")
    final void aRequestWithTwoHostsIsRefused() {
        onlyTheFirstIsServed("X-Host: {host}", "Host: {host}");
    }

    @Test
    @Requirement("http.invalid.host")
    final void aHostThatIsNoneIsRefused() {
        scenario(unreached())
                .send("GET {path} HTTP/1.1", "Host: a/b c", "")
                .expectStatus(400)
                .expectApp(notCalled());
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aFieldNameWithASpaceIsRefused() {
        onlyTheFirstIsServed("X-A: 1", "X A: 1");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aSpaceBeforeTheColonIsRefused() {
        onlyTheFirstIsServed("X-A: 1", "X-A : 1");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aFieldNameWithAControlCharacterIsRefused() {
        onlyTheFirstIsServed("X-A: 1", "X-\u0001A: 1");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aValueWithAVerticalTabIsRefused() {
        onlyTheFirstIsServed("X-A: a\tb", "X-A: a\u000bb");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aValueWithAFileSeparatorIsRefused() {
        onlyTheFirstIsServed("X-A: a\tb", "X-A: a\u001cb");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aValueWithADeleteCharacterIsRefused() {
        onlyTheFirstIsServed("X-A: a\tb", "X-A: a\u007fb");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aFieldWithoutANameIsRefused() {
        onlyTheFirstIsServed("X-A: 1", ": 1");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aFieldNameWithAByteOutsideAsciiIsRefused() {
        onlyTheFirstIsServed("X-A: 1", "X-\u00e9: 1");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aValueWithNulIsRefused() {
        onlyTheFirstIsServed("X-A: a\tb", "X-A: a\0b");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aValueWithACarriageReturnIsRefused() {
        onlyTheFirstIsServed("X-A: a\tb", "X-A: a\rb");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aValueWithAFormFeedIsRefused() {
        onlyTheFirstIsServed("X-A: a\tb", "X-A: a\fb");
    }

    @Test
    @Requirement("http.invalid.fields")
    final void aValueWithAUnitSeparatorIsRefused() {
        onlyTheFirstIsServed("X-A: a\tb", "X-A: a\u001fb");
    }

    @Test
    @Requirement("http.invalid.earlier-answers-delivered")
    final void theResponseInFrontOfAMalformedRequestIsDelivered() {
        scenario(calls(app(await("go"), respond(200, "one")), unreached()))
                .write(GET + "GET {path} HTTP/1.1\r\nHost: {host}\r\nX A: 1\r\n\r\n")
                .awaitApp("scope")
                .signal("go")
                .expectResponse(status(200), body("one"))
                .expectResponse(status(400))
                .expectClose()
                .expectApp(called(1));
    }

    @Test
    @Requirement("http.invalid.head-limited")
    final void aHugeFieldIsRefused() {
        malformed("GET {path} HTTP/1.1", "Host: {host}", "X-A: " + "a".repeat(1 << 20), "");
    }

    @Test
    @Requirement("http.invalid.head-limited")
    final void aHugeTargetIsRefused() {
        malformed("GET {path}/" + "a".repeat(1 << 20) + " HTTP/1.1", "Host: {host}", "");
    }

    @Test
    @Requirement("http.invalid.head-limited")
    final void endlesslyManyFieldsAreRefused() {
        malformed("GET {path} HTTP/1.1", "Host: {host}", "X-A: 1\r\n".repeat(1 << 17));
    }

    @Test
    @Requirement("http.invalid.head-timed")
    final void aHeadThatDoesNotEndIsGivenUp() {
        scenario(unreached())
                .startedWith(StartOption.HEAD_TIMEOUT, SHORT)
                .write("GET {path} HTTP/1.1\r\nHost: {host}\r\nX-A")
                .expectCloseAfterAnything()
                .expectApp(notCalled());
    }

    @Test
    @Requirement("http.invalid.framing")
    final void differentContentLengthsAreRefused() {
        malformedFraming("Content-Length: 5", "Content-Length: 6");
    }

    @Test
    @Requirement("http.invalid.framing")
    final void aContentLengthWithASignIsRefused() {
        malformedFraming("Content-Length: +5");
    }

    @Test
    @Requirement("http.invalid.framing")
    final void aNegativeContentLengthIsRefused() {
        malformedFraming("Content-Length: -5");
    }

    @Test
    @Requirement("http.invalid.framing")
    final void aContentLengthInHexadecimalIsRefused() {
        malformedFraming("Content-Length: 0x5");
    }

    @Test
    @Requirement("http.invalid.framing")
    final void aContentLengthThatOverflowsIsRefused() {
        malformedFraming("Content-Length: 18446744073709551621");
    }

    @Test
    @Requirement("http.invalid.framing")
    final void anUnknownTransferCodingIsRefused() {
        malformedFraming("Transfer-Encoding: xchunked");
    }

    @Test
    @Requirement("http.invalid.framing")
    final void aTransferCodingAfterChunkedIsRefused() {
        malformedFraming("Transfer-Encoding: chunked, identity");
    }

    @Test
    @Requirement("http.invalid.framing")
    final void chunkedTwiceIsRefused() {
        malformedFraming("Transfer-Encoding: chunked", "Transfer-Encoding: chunked");
    }

    @Test
    @Requirement("http.invalid.framing-closes")
    final void nothingIsServedBehindARequestWithTwoFramings() {
        scenario(app(receiveUntilBodyEnds(), respond(200, "ok")))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n" + GET)
                .expectResponse(servedOrRefused())
                .expectClose()
                .expectApp(calledOnceAtMost());
    }

    @Test
    @Requirement("http.invalid.framing-closes")
    final void nothingIsServedBehindAChunkedRequestOfHttp10() {
        scenario(app(receiveUntilBodyEnds(), respond(200, "ok")))
                .write("POST {path} HTTP/1.0\r\nHost: {host}\r\nConnection: keep-alive\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET)
                .expectResponse(servedOrRefused())
                .expectClose()
                .expectApp(calledOnceAtMost());
    }

    private void malformedFraming(String... fieldLines) {
        malformed("POST {path} HTTP/1.1", "Host: {host}", String.join("\r\n", fieldLines), "", "hello");
    }

    private void malformed(String... lines) {
        scenario(unreached())
                .send(lines)
                .expectResponse(clientOrServerError())
                .expectClose()
                .expectApp(notCalled());
    }

    /** Two requests differ in one field line, so that nothing else can be the reason for refusing one. */
    private void onlyTheFirstIsServed(String sound, String malformed) {
        scenario(app(respond(204)))
                .on("sound")
                .send("GET {path} HTTP/1.1", "Host: {host}", sound, "")
                .expectStatus(204)
                .on("malformed")
                .send("GET {path} HTTP/1.1", "Host: {host}", malformed, "")
                .expectStatus(400)
                .expectClose()
                .expectApp(called(1));
    }

    private static ResponseMatcher clientOrServerError() {
        return response("status 4xx or 5xx", response -> response.status() >= 400 && response.status() < 600);
    }

    private static ResponseMatcher servedOrRefused() {
        return response("status 200, or 4xx", response -> response.status() == 200 || response.status() / 100 == 4);
    }

    private static TraceMatcher calledOnceAtMost() {
        return atMostCalled(1);
    }

    private static TraceMatcher atMostCalled(int times) {
        return trace("at most %d calls of the application".formatted(times), view -> view.calls() <= times);
    }
}
