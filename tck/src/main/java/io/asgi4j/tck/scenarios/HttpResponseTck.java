package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.bytes;
import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.framedBy;
import static io.asgi4j.tck.scenario.Matchers.header;
import static io.asgi4j.tck.scenario.Matchers.headerMember;
import static io.asgi4j.tck.scenario.Matchers.headerOnce;
import static io.asgi4j.tck.scenario.Matchers.headersInOrder;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.noBody;
import static io.asgi4j.tck.scenario.Matchers.noHeader;
import static io.asgi4j.tck.scenario.Matchers.nowhere;
import static io.asgi4j.tck.scenario.Matchers.raised;
import static io.asgi4j.tck.scenario.Matchers.refused;
import static io.asgi4j.tck.scenario.Matchers.response;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.tolerating;
import static io.asgi4j.tck.scenario.Matchers.truncated;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.calls;
import static io.asgi4j.tck.scenario.Scripts.end;
import static io.asgi4j.tck.scenario.Scripts.event;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.fork;
import static io.asgi4j.tck.scenario.Scripts.join;
import static io.asgi4j.tck.scenario.Scripts.last;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.raise;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.repeat;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.send;
import static io.asgi4j.tck.scenario.Scripts.start;

import io.asgi4j.tck.scenario.Steps;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.wire.Anomaly;
import io.asgi4j.tck.wire.Framing;
import io.asgi4j.tck.wire.Octets;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How what the application sends reaches the client. */
public abstract class HttpResponseTck extends Tck {
    private static final int MEGABYTE = 1 << 20;

    // status and fields

    @Test
    @Requirement("core.events.defaults")
    final void missingKeysHaveTheirDefaults() {
        scenario(app(send(event("http.response.start").with("status", 200)), end()))
                .get()
                .expectResponse(status(200), noBody())
                .expectApp(sent("http.response.start"), sent("http.response.body"));
    }

    @Test
    @Requirement("http.response.status")
    final void anyFinalStatusIsPassedOn() {
        scenario(calls(
                        app(receive(), respond(201)),
                        app(receive(), respond(404)),
                        app(receive(), respond(418)),
                        app(respond(599))))
                .get()
                .expectStatus(201)
                .get()
                .expectStatus(404)
                .get()
                .expectStatus(418)
                .get()
                .expectStatus(599);
    }

    @Test
    @Requirement("core.events.invalid-outbound-refused")
    final void aStartWithoutStatusIsRefused() {
        scenario(app(send(event("http.response.start")), end()))
                .get()
                .expectStatus(500)
                .expectApp(refused("http.response.start"), no(sent("http.response.body")));
    }

    @Test
    @Requirement("http.response.status-final")
    final void anInterimStatusIsRefused() {
        scenario(app(start(103).tolerant(), respond(200, "final")))
                .get()
                .expectResponse(status(200), body("final"))
                .expectApp(exactly(1, refused("http.response.start")));
    }

    @Test
    @Requirement({"core.headers.response-order-kept", "core.headers.pairs-kept", "core.headers.order-kept"})
    final void fieldsKeepTheirOrderAndAreNotJoined() {
        scenario(app(start(200, "set-cookie", "a=1", "x-b", "1", "set-cookie", "b=2", "x-a", "2"), last("ok")))
                .get()
                .expectResponse(
                        status(200),
                        header("set-cookie", "a=1", "b=2"),
                        headersInOrder("set-cookie", "a=1", "x-b", "1", "set-cookie", "b=2", "x-a", "2"));
    }

    @Test
    @Requirement("core.headers.pairs-kept")
    final void tabsSpacesAndHighBytesInAValueArePassedOn() {
        scenario(app(start(200, "x-tab", "a\tb  c", "x-high", "\u0080\u00e9\u00ff"), last("ok")))
                .get()
                .expectResponse(status(200), header("x-tab", "a\tb  c"), header("x-high", "\u0080\u00e9\u00ff"));
    }

    @Test
    @Requirement("core.headers.no-control-characters")
    final void aValueCannotBringAnotherField() {
        scenario(app(
                        start(200, "x-a", "1\r\nx-injected: 1").tolerant(),
                        start(200, "x-a", "1\nx-injected: 1").tolerant(),
                        start(200, "x-a", "1\rx-injected: 1").tolerant(),
                        start(200, "x-a", "x-injected\u0000").tolerant(),
                        respond(200, "ok")))
                .get()
                .expectResponse(status(200), body("ok"), noHeader("x-injected"), nowhere("x-injected"))
                .expectApp(exactly(4, refused("http.response.start")));
    }

    @Test
    @Requirement("core.headers.no-control-characters")
    final void aNameThatIsNoTokenIsRefused() {
        scenario(app(
                        start(200, "", "bad").tolerant(),
                        start(200, "x y", "bad").tolerant(),
                        start(200, "x:y", "bad").tolerant(),
                        start(200, "x\u0000", "bad").tolerant(),
                        start(200, "x\r\ny", "bad").tolerant(),
                        start(200, "x\u00e9", "bad").tolerant(),
                        respond(200, "ok")))
                .get()
                .expectResponse(status(200), body("ok"), nowhere("bad"))
                .expectApp(exactly(6, refused("http.response.start")));
    }

    @Test
    @Requirement("core.headers.no-control-characters")
    final void namesWithSeparatorsAreRefused() {
        var separators = "\"(),/;<=>?@[\\]{}\u007f";
        var steps = separators
                .chars()
                .mapToObj(separator ->
                        start(200, "x" + (char) separator + "y", "bad").tolerant())
                .toArray(Steps[]::new);
        scenario(app(repeat(1, steps), respond(200, "ok")))
                .get()
                .expectResponse(status(200), body("ok"), nowhere("bad"))
                .expectApp(exactly(separators.length(), refused("http.response.start")));
    }

    @Test
    @Requirement("http.response.hop-by-hop-ignored")
    final void fieldsOfTheConnectionAreIgnored() {
        scenario(calls(
                        app(
                                start(
                                        200,
                                        "connection",
                                        "upgrade",
                                        "upgrade",
                                        "other",
                                        "keep-alive",
                                        "timeout=12345",
                                        "proxy-connection",
                                        "keep-alive"),
                                last("ok")),
                        app(respond(200, "second"))))
                .get()
                .expectResponse(
                        status(200),
                        body("ok"),
                        noHeader("upgrade"),
                        noHeader("proxy-connection"),
                        nowhere("timeout=12345"))
                .get()
                .expectResponse(status(200), body("second"));
    }

    @Test
    @Requirement("http.response.connection-close")
    final void theApplicationCanCloseTheConnection() {
        scenario(app(start(200, "connection", "close"), last("bye")))
                .get()
                .expectResponse(status(200), body("bye"), headerMember("connection", "close"))
                .expectClose();
    }

    @Test
    @Requirement("http.response.date")
    final void aResponseHasADate() {
        scenario(app(respond(200, "ok"))).get().expectResponse(status(200), headerOnce("date"));
    }

    @Test
    @Requirement("http.response.fields-not-doubled")
    final void dateAndServerOfTheApplicationStandAlone() {
        scenario(app(start(200, "date", "Thu, 01 Jan 1970 00:00:00 GMT", "server", "mine"), last("ok")))
                .get()
                .expectResponse(status(200), header("date", "Thu, 01 Jan 1970 00:00:00 GMT"), header("server", "mine"));
    }

    // which event is legal when

    @Test
    @Requirement("core.events.unknown-keys-ignored")
    final void unknownKeysAreIgnored() {
        scenario(app(
                        send(event("http.response.start").with("status", 200).with("x-extra", 1)),
                        send(event("http.response.body").with("x-extra", 1))))
                .get()
                .expectResponse(status(200), noBody())
                .expectApp(no(sendFailed("http.response.start")), no(sendFailed("http.response.body")));
    }

    @Test
    @Requirement({
        "core.events.illegal-without-effect",
        "core.events.illegal-exception",
        "core.events.invalid-outbound-refused"
    })
    final void afterAnUnknownEventTheApplicationCanGoOn() {
        scenario(app(send(event("http.unknown")).tolerant(), respond(200, "ok")))
                .get()
                .expectResponse(status(200), body("ok"))
                .expectApp(exactly(1, refused("http.unknown")), returned());
    }

    @Test
    @Requirement("core.events.invalid-outbound-refused")
    final void fieldsOfTextAreRefused() {
        scenario(app(
                        send(event("http.response.start")
                                        .with("status", 200)
                                        .with("headers", Value.list(Value.list(Value.of("x-a"), Value.latin1("bad")))))
                                .tolerant(),
                        send(event("http.response.start")
                                        .with("status", 200)
                                        .with("headers", Value.list(Value.list(Value.latin1("x-a"), Value.of("bad")))))
                                .tolerant(),
                        respond(200, "ok")))
                .get()
                .expectResponse(status(200), body("ok"), nowhere("bad"))
                .expectApp(exactly(2, refused("http.response.start")));
    }

    @Test
    @Requirement("core.events.invalid-outbound-refused")
    final void aBodyOfTextIsRefused() {
        scenario(app(
                        start(200),
                        send(event("http.response.body").with("body", "text")).tolerant(),
                        last("bytes")))
                .get()
                .expectResponse(status(200), body("bytes"))
                .expectApp(exactly(1, refused("http.response.body")));
    }

    @Test
    @Requirement("http.response.order-enforced")
    final void aBodyBeforeTheStartIsRefused() {
        scenario(app(last("early")))
                .get()
                .expectResponse(status(500), nowhere("early"))
                .expectApp(refused("http.response.body"));
    }

    @Test
    @Requirement({"http.response.order-enforced", "core.events.illegal-without-effect"})
    final void aSecondStartIsRefused() {
        scenario(calls(app(receive(), start(200), start(404).tolerant(), last("once")), app(respond(200, "second"))))
                .get()
                .about("http.response.order-enforced")
                .expectResponse(status(200))
                .about("core.events.illegal-without-effect")
                .get()
                .expectResponse(status(200), body("second"))
                .expectApp(exactly(1, refused("http.response.start").with("status", 404)), exactly(2, returned()));
    }

    @Test
    @Requirement({"http.response.after-complete", "http.response.order-enforced"})
    final void anEventAfterTheCompleteResponseIsRefused() {
        scenario(calls(app(receive(), respond(200, "once"), last("more").tolerant()), app(respond(200, "second"))))
                .get()
                .expectResponse(status(200), body("once"))
                .awaitApp("returned")
                .get()
                .expectResponse(status(200), body("second"))
                .about("http.response.after-complete")
                .expectApp(exactly(1, refused("http.response.body")));
    }

    // the body, as it is sent

    @Test
    @Requirement({"http.response.streamed", "core.send.taken-over"})
    final void eachPartArrivesBeforeTheNextIsSent() {
        scenario(app(start(200), more("a"), await("b"), more("b"), await("c"), last("c")))
                .get()
                .expectPart(1, status(200))
                .signal("b")
                .expectPart(2)
                .signal("c")
                .expectResponse(status(200), body("abc"));
    }

    @Test
    @Requirement("http.response.head-sent-when-waiting")
    final void theHeadArrivesWhileTheApplicationWaits() {
        scenario(app(start(200, "x-a", "1"), await("go"), last("ok")))
                .get()
                .expectHead(status(200), header("x-a", "1"))
                .signal("go")
                .expectResponse(status(200), body("ok"));
    }

    @Test
    @Requirement({"http.response.empty-body-event", "http.response.body-concatenated"})
    final void emptyPartsDoNotEndTheBody() {
        scenario(app(start(200), more("a"), more(""), more("b"), end())).get().expectResponse(status(200), body("ab"));
    }

    @Test
    @Requirement("http.response.http-1-0")
    final void anOldClientGetsNoChunks() {
        scenario(app(start(200), more("a"), last("b")))
                .send("GET {path} HTTP/1.0", "Host: {host}", "")
                .expectResponse(
                        status(200),
                        body("ab"),
                        framedBy(Framing.CONTENT_LENGTH, Framing.UNTIL_CLOSE),
                        noHeader("transfer-encoding"));
    }

    @Test
    @Requirement("http.response.framing-owned")
    final void aTransferEncodingOfTheApplicationIsIgnored() {
        scenario(calls(
                        app(receive(), start(200, "transfer-encoding", "chunked"), more("5\r\n"), last("raw")),
                        app(respond(200, "second"))))
                .get()
                .expectResponse(status(200), body("5\r\nraw"))
                .get()
                .expectResponse(status(200), body("second"));
    }

    @Test
    @Requirement({"threads.send-serialised", "threads.send-from-anywhere"})
    final void concurrentPartsAreNotMixed() {
        scenario(app(
                        start(200),
                        fork("a", more(fill("a", 1000)).times(20)),
                        fork("b", more(fill("b", 1000)).times(20)),
                        join("a"),
                        join("b"),
                        end()))
                .get()
                .expectResponse(
                        status(200),
                        response(
                                "20 parts of 1000 bytes from each of two forks, none mixed",
                                reply -> isUnmixed(reply.body())));
    }

    private static boolean isUnmixed(Octets body) {
        var text = new String(body.toByteArray(), StandardCharsets.US_ASCII);
        return text.length() == 40_000
                && text.replace("a".repeat(1000), "")
                        .replace("b".repeat(1000), "")
                        .isEmpty();
    }

    @Test
    @Requirement("flow.send-blocks")
    final void sendBlocksWhileTheClientDoesNotRead() {
        scenario(app(
                        fork("watch", await("reading")),
                        start(200),
                        more(fill("0123456789abcdef", MEGABYTE)).times(16).summarised(),
                        end(),
                        join("watch")))
                .connectWithReceiveBuffer(65536)
                .get()
                .expectAppQuietAfter("sent:http.response.start")
                .signal("reading")
                .awaitApp("signalled")
                .drain(16 * MEGABYTE)
                .expectApp(
                        exactly(2, sent("http.response.body")),
                        inOrder(entry(Kind.SIGNALLED), sent("http.response.body"), sent("http.response.body")),
                        returned());
    }

    // responses without content

    @Test
    @Requirement({"http.response.bodiless", "http.response.bodiless-fields-kept"})
    final void headGetsTheFieldsOnly() {
        scenario(calls(app(start(200, "content-length", "5", "x-a", "1"), last("hello")), app(respond(200, "second"))))
                .send("HEAD {path} HTTP/1.1", "Host: {host}", "")
                .expectResponse(status(200), noBody(), header("content-length", "5"), header("x-a", "1"))
                .get()
                .expectResponse(status(200), body("second"));
    }

    @Test
    @Requirement({"http.response.no-framing-with-204", "http.response.bodiless"})
    final void a204HasNeitherContentNorFraming() {
        scenario(calls(app(start(204, "content-length", "5"), last("hello")), app(respond(200, "second"))))
                .get()
                .expectResponse(status(204), noBody(), noHeader("content-length"), noHeader("transfer-encoding"))
                .get()
                .expectResponse(status(200), body("second"));
    }

    @Test
    @Requirement({"http.response.bodiless", "http.response.bodiless-fields-kept"})
    final void a304HasFieldsAndNoContent() {
        scenario(calls(
                        app(start(304, "content-length", "5", "etag", "\"a\""), last("hello")),
                        app(respond(200, "second"))))
                .get()
                .expectResponse(status(304), noBody(), header("content-length", "5"), header("etag", "\"a\""))
                .get()
                .expectResponse(status(200), body("second"));
    }

    @Test
    @Requirement("http.response.bodiless-bytes-counted")
    final void theBytesOfABodilessResponseAreCounted() {
        scenario(app(start(200, "content-length", "5"), last("hello world").tolerant(), last("hi")))
                .send("HEAD {path} HTTP/1.1", "Host: {host}", "")
                .expectResponse(status(200), noBody(), header("content-length", "5"))
                .expectApp(
                        exactly(1, refused("http.response.body").with("body", bytes("hello world"))),
                        exactly(1, sent("http.response.body")));
    }

    // Content-Length

    @Test
    @Requirement("http.response.length-not-reached")
    final void aBodyThatIsTooShortIsCutOff() {
        scenario(app(start(200, "content-length", "10"), more("abc"), await("go"), end().tolerant()))
                .get()
                .expectPart(3, status(200))
                .signal("go")
                .expectResponse(truncated(), body("abc"));
    }

    @Test
    @Requirement({"http.response.length-not-reached", "errors.client-disconnected"})
    final void aClientWhoseBodyIsTooShortIsGone() {
        scenario(app(
                        start(200, "content-length", "10"),
                        last("abc"),
                        last("late").tolerant()))
                .get()
                .expectResponse(truncated(), body("abc"))
                .expectApp(sendFailed("http.response.body").clientGone(), returned());
    }

    @Test
    @Requirement("http.response.length-exceeded")
    final void aBodyThatIsTooLongIsRefused() {
        scenario(calls(
                        app(
                                start(200, "content-length", "5"),
                                last("hello world").tolerant(),
                                last("hello")),
                        app(respond(200, "second"))))
                .get()
                .expectResponse(status(200), body("hello"))
                .get()
                .expectResponse(status(200), body("second"))
                .expectApp(exactly(1, refused("http.response.body").with("body", bytes("hello world"))));
    }

    @Test
    @Requirement("http.response.length-invalid")
    final void aContentLengthThatIsNoNumberIsRefused() {
        scenario(app(
                        start(200, "content-length", "abc").tolerant(),
                        start(200, "content-length", "-1").tolerant(),
                        start(200, "content-length", "1, 2").tolerant(),
                        start(200, "content-length", "1", "content-length", "2").tolerant(),
                        respond(200, "ok")))
                .get()
                .expectResponse(status(200), body("ok"))
                .expectApp(exactly(4, refused("http.response.start")));
    }

    // applications that fail, or stay

    @Test
    @Requirement({
        "errors.exception-before-response",
        "errors.exception-closes-connection",
        "errors.no-details-to-client"
    })
    final void anExceptionBeforeTheResponseIsA500() {
        scenario(app(raise("confidential")))
                .get()
                .expectResponse(status(500), nowhere("confidential"))
                .expectClose()
                .expectApp(raised(), called(1));
    }

    @Test
    @Requirement("errors.logged")
    final void exceptionsAreReported() {
        scenario(calls(
                        app(raise("a call has lost its way before its response")),
                        app(respond(200, "ok"), raise("a call has lost its way behind its response"))))
                .on("first")
                .get()
                .expectStatus(500)
                .on("second")
                .get()
                .expectResponse(status(200), body("ok"))
                .expectReported("a call has lost its way before its response")
                .expectReported("a call has lost its way behind its response");
    }

    @Test
    @Requirement("errors.contained")
    final void theServerOutlivesAnException() {
        scenario(calls(app(raise()), app(respond(200, "second"))))
                .get()
                .expectStatus(500)
                .on("other")
                .get()
                .expectResponse(status(200), body("second"))
                .expectApp(exactly(1, raised()), exactly(1, returned()));
    }

    @Test
    @Requirement("errors.incomplete-response-truncated")
    final void anExceptionAmidTheBodyCutsItOff() {
        scenario(app(start(200), more("part"), await("go"), raise("confidential")))
                .get()
                .expectPart(4, status(200))
                .signal("go")
                .expectResponse(truncated(), status(200), body("part"))
                .expectApp(raised());
    }

    @Test
    @Requirement("errors.incomplete-response-truncated")
    final void anExceptionRightAfterTheStartIsA500OrCutsOff() {
        scenario(app(start(200), raise()))
                .get()
                .expectResponse(
                        tolerating(Anomaly.Kind.PREMATURE_END, Anomaly.Kind.NO_RESPONSE),
                        response(
                                "status 500, or a response cut short",
                                reply -> reply.status() == 500 || !reply.isComplete()))
                .expectApp(raised());
    }

    @Test
    @Requirement("errors.return-before-response")
    final void returningWithoutAResponseIsA500() {
        scenario(app()).get().expectStatus(500).expectApp(returned());
    }

    @Test
    @Requirement("errors.incomplete-response-truncated")
    final void returningAmidTheBodyCutsItOff() {
        scenario(app(start(200), more("part"), await("go")))
                .get()
                .expectPart(4, status(200))
                .signal("go")
                .expectResponse(truncated(), status(200), body("part"))
                .expectApp(returned());
    }

    @Test
    @Requirement("errors.exception-after-response")
    final void anExceptionAfterTheResponseChangesNothing() {
        scenario(calls(app(respond(200, "first"), raise()), app(respond(200, "second"))))
                .get()
                .get()
                .expectResponse(status(200), body("first"))
                .expectResponse(status(200), body("second"))
                .expectApp(raised().inCall(0), returned().inCall(1));
    }

    @Test
    @Requirement({"http.response.completed", "core.call.lifetime"})
    final void aCallThatGoesOnHoldsNothingUp() {
        scenario(calls(app(receive(), respond(200, "first"), await("later")), app(respond(200, "second"))))
                .get()
                .expectResponse(status(200), body("first"))
                .get()
                .expectResponse(status(200), body("second"))
                .signal("later")
                .expectApp(exactly(2, returned()));
    }
}
