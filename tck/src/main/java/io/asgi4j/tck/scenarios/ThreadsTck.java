package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.bodyStart;
import static io.asgi4j.tck.scenario.Matchers.bytes;
import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.closeFrame;
import static io.asgi4j.tck.scenario.Matchers.containing;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.requestBodyOf;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.scopeOf;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.text;
import static io.asgi4j.tck.scenario.Matchers.trace;
import static io.asgi4j.tck.scenario.Matchers.truncated;
import static io.asgi4j.tck.scenario.Scripts.accept;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.calls;
import static io.asgi4j.tck.scenario.Scripts.close;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.end;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.fork;
import static io.asgi4j.tck.scenario.Scripts.forkOnPlatformThread;
import static io.asgi4j.tck.scenario.Scripts.join;
import static io.asgi4j.tck.scenario.Scripts.last;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.reread;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.sendText;
import static io.asgi4j.tck.scenario.Scripts.start;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.TraceMatcher;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Octets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On which threads an application may do what, and what different calls have to do with one another: nothing. */
public abstract class ThreadsTck extends Tck {
    /** More than there are threads of the operating system to carry them. */
    private static final int MANY = 40;

    // the thread of a call

    @Test
    @Requirement("threads.virtual")
    final void aCallHasAVirtualThread() {
        scenario(app(respond(204)))
                .get()
                .expectStatus(204)
                .expectApp(entry(Kind.SCOPE).detail("thread", Value.of("virtual")));
    }

    @Test
    @Requirement("threads.virtual")
    @Needs(Feature.WEBSOCKET)
    final void theCallOfAWebSocketHasAVirtualThread() {
        scenario(app(connectAndAccept(), close()))
                .openWebSocket()
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(entry(Kind.SCOPE).detail("thread", Value.of("virtual")));
    }

    @Test
    @Requirement({"threads.may-block", "core.call.concurrent"})
    final void manyCallsThatBlockHoldNobodyUp() {
        var calls = new ArrayList<Script>();
        calls.addAll(Collections.nCopies(MANY, app(await("go"), respond(200, "late"))));
        calls.add(app(respond(200, "at once")));
        var scenario = scenario(calls(calls.toArray(Script[]::new)));
        for (var i = 0; i < MANY; i++) {
            scenario.on("blocked " + i).get();
        }
        scenario.awaitApp("scope*" + MANY)
                .on("other")
                .get()
                .expectResponse(status(200), body("at once"))
                .signal("go");
        for (var i = 0; i < MANY; i++) {
            scenario.on("blocked " + i).expectResponse(status(200), body("late"));
        }
        scenario.expectApp(called(MANY + 1), exactly(MANY + 1, returned()));
    }

    @Test
    @Requirement({"threads.may-block", "core.call.concurrent"})
    final void aCallThatWaitsForItsClientHoldsNobodyUp() {
        scenario(calls(
                        app(receiveUntilBodyEnds(), respond(200, "first")),
                        app(
                                start(200),
                                more(fill("0123456789abcdef", 1 << 20))
                                        .times(16)
                                        .summarised(),
                                end()),
                        app(respond(200, "third"))))
                .about("threads.may-block")
                .on("sends nothing")
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\n")
                .awaitApp("scope")
                .on("reads nothing")
                .connectWithReceiveBuffer(65536)
                .get()
                .expectAppQuietAfter("sent:http.response.start")
                .on("other")
                .get()
                .expectResponse(status(200), body("third"))
                .on("sends nothing")
                .write("hello")
                .expectResponse(status(200), body("first"))
                .on("reads nothing")
                .reset()
                .expectApp(returned().inCall(0), returned().inCall(2));
    }

    // one exchange and another

    @Test
    @Requirement({"core.call.isolated", "http.request.streamed"})
    final void callsHaveNothingInCommon() {
        scenario(calls(
                        app(receiveUntilBodyEnds(), respond(200, "to the first")),
                        app(receiveUntilBodyEnds(), respond(200, "to the second"))))
                .on("first")
                .write(postOfFive("/first"))
                .write("on")
                .about("http.request.streamed")
                .awaitApp("received:http.request")
                .about("core.call.isolated")
                .on("second")
                .write(postOfFive("/second"))
                .write("tw")
                .about("http.request.streamed")
                .awaitApp("received:http.request*2")
                .about("core.call.isolated")
                .on("first")
                .write("e 1")
                .expectResponse(status(200), body("to the first"))
                .on("second")
                .write("o 2")
                .expectResponse(status(200), body("to the second"))
                .expectApp(
                        scopeOf(0, "path", containing("/first")),
                        requestBodyOf(0, bytes("one 1")),
                        scopeOf(1, "path", containing("/second")),
                        requestBodyOf(1, bytes("two 2")),
                        called(2));
    }

    @Test
    @Requirement("core.call.isolated")
    final void aClientThatLeavesIsNoNewsForOtherCalls() {
        scenario(calls(
                        app(receiveUntilBodyEnds(), await("go"), respond(200, "still here")),
                        app(receiveUntil("http.disconnect"))))
                .on("stays")
                .get()
                .awaitApp("received:http.request")
                .on("leaves")
                .get()
                .awaitApp("received:http.request*2")
                .close()
                .awaitApp("received:http.disconnect")
                .signal("go")
                .on("stays")
                .expectResponse(status(200), body("still here"))
                .expectApp(
                        received("http.disconnect").inCall(1),
                        no(received("http.disconnect").inCall(0)));
    }

    // events

    @Test
    @Requirement({"core.receive.blocks", "http.request.streamed"})
    final void receiveBlocksUntilThereIsSomethingAndReturnsItOnce() {
        scenario(app(fork("witness", await("look")), receiveUntilBodyEnds(), respond(200, "ok")))
                .write(postOfFive(""))
                .about("http.request.streamed")
                .expectAppQuietAfter("scope")
                .write("he")
                .awaitApp("received:http.request")
                .signal("look")
                .expectAppQuietAfter("returned@witness")
                .about("core.receive.blocks")
                .write("llo")
                .expectResponse(status(200), body("ok"))
                .expectApp(requestBody("hello"), no("http.disconnect"));
    }

    @Test
    @Requirement("core.receive.blocks")
    @Needs(Feature.WEBSOCKET)
    final void receiveBlocksUntilThereIsAMessageAndReturnsItOnce() {
        scenario(app(connectAndAccept(), receiveUntil("websocket.disconnect")))
                .openWebSocket()
                .expectAppQuietAfter("sent:websocket.accept")
                .sendText("one")
                .expectAppQuietAfter("received:websocket.receive")
                .sendText("two")
                .closeWebSocket(1000, "")
                .expectApp(
                        exactly(1, received("websocket.receive").with("text", "one")),
                        exactly(1, received("websocket.receive").with("text", "two")),
                        inOrder(
                                received("websocket.receive").with("text", "one"),
                                received("websocket.receive").with("text", "two"),
                                received("websocket.disconnect")));
    }

    @Test
    @Requirement("core.events.type")
    final void aRequestBringsOnlyEventsOfHttp() {
        scenario(app(receiveUntil("http.disconnect")))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n")
                .write("5\r\nhello\r\n0\r\nX-Checksum: 42\r\n\r\n")
                .awaitApp("received:http.request")
                .close()
                .expectApp(
                        received("http.disconnect"),
                        onlyReceived("http.request", "http.disconnect", "http.request.trailers"));
    }

    @Test
    @Requirement("core.events.type")
    @Needs(Feature.WEBSOCKET)
    final void aWebSocketBringsOnlyItsOwnEvents() {
        scenario(app(connectAndAccept(), receiveUntil("websocket.disconnect")))
                .openWebSocket()
                .sendFrames(Frame.ping(Octets.utf8("p")), Frame.pong(Octets.utf8("q")), Frame.text("hello"))
                .awaitApp("received:websocket.receive")
                .closeWebSocket(1000, "")
                .expectApp(
                        received("websocket.disconnect"),
                        onlyReceived("websocket.connect", "websocket.receive", "websocket.disconnect"));
    }

    @Test
    @Requirement({"core.events.bytes-kept", "core.scope.immutable"})
    final void theBytesOfABodyStayAsTheyWere() {
        scenario(calls(
                        app(receiveUntilBodyEnds().kept(), respond(200, "ok"), await("reread"), reread()),
                        app(receiveUntilBodyEnds().summarised(), respond(200, "ok"))))
                .post("kept")
                .expectResponse(status(200), body("ok"))
                .post(fill("overwritten ", 200_000))
                .expectResponse(status(200), body("ok"))
                .signal("reread")
                .expectApp(
                        received("http.request").inCall(0).with("body", bytes("kept")),
                        entry(Kind.REREAD).inCall(0).with("body", bytes("kept")).detail("writable", Value.of(false)),
                        requestBodyOf(1, fill("overwritten ", 200_000)));
    }

    @Test
    @Requirement({"core.events.bytes-kept", "core.scope.immutable"})
    @Needs(Feature.WEBSOCKET)
    final void theBytesOfAMessageStayAsTheyWere() {
        scenario(app(connectAndAccept(), receive().kept(), receive(), reread(), close()))
                .openWebSocket()
                .sendFrames(Frame.binary(Octets.utf8("kept")))
                .awaitApp("received:websocket.receive")
                .sendFrames(Frame.binary(Octets.utf8("overwritten ".repeat(10_000))))
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(entry(Kind.REREAD)
                        .ofType("websocket.receive")
                        .with("bytes", bytes("kept"))
                        .detail("writable", Value.of(false)));
    }

    @Test
    @Requirement("core.events.illegal-exception")
    final void theExceptionForAnIllegalEventSaysWhatIsWrong() {
        scenario(app(
                        last("too early").tolerant(),
                        respond(200, "page"),
                        last("too late").tolerant()))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(
                        exactly(2, sendFailed("http.response.body").illegalEvent()),
                        trace(
                                "messages that name the event",
                                view -> view.entries().stream()
                                        .flatMap(entry -> Stream.ofNullable(entry.error()))
                                        .allMatch(error -> error.message().contains("http.response.body"))));
    }

    // receive and send, from wherever

    @Test
    @Requirement({"threads.receive-from-anywhere", "threads.send-from-anywhere"})
    final void oneThreadReceivesWhileAnotherSends() {
        scenario(app(
                        forkOnPlatformThread("reader", receiveUntilBodyEnds()),
                        start(200),
                        more("early, "),
                        join("reader"),
                        last("late")))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 11\r\n\r\nhello")
                .expectPart(7, status(200), bodyStart("early, "))
                .write(" world")
                .expectResponse(status(200), body("early, late"))
                .expectApp(
                        received("http.request").with("more_body", false).inFork("reader"), requestBody("hello world"));
    }

    @Test
    @Requirement("threads.send-from-anywhere")
    final void aPlatformThreadSendsTheResponse() {
        scenario(app(forkOnPlatformThread("writer", respond(200, "from elsewhere")), join("writer")))
                .get()
                .expectResponse(status(200), body("from elsewhere"))
                .expectApp(exactly(2, entry(Kind.SENT).inFork("writer")), returned());
    }

    @Test
    @Requirement({"threads.receive-from-anywhere", "threads.send-from-anywhere"})
    @Needs(Feature.WEBSOCKET)
    final void messagesAreReceivedOnOneThreadWhileAnotherSends() {
        scenario(app(
                        connectAndAccept(),
                        forkOnPlatformThread("reader", receiveUntil("websocket.disconnect")),
                        sendText("hello"),
                        join("reader")))
                .openWebSocket()
                .expectMessage(text("hello"))
                .sendText("hello yourself")
                .closeWebSocket(1000, "")
                .expectApp(
                        received("websocket.receive")
                                .with("text", "hello yourself")
                                .inFork("reader"),
                        returned());
    }

    @Test
    @Requirement("threads.receive-one-at-a-time")
    final void aSecondReceiveAtTheSameTimeIsRefusedAndTheFirstGoesOn() {
        scenario(app(
                        fork("first", receive()),
                        await("second"),
                        receive().tolerant(),
                        join("first"),
                        respond(200, "ok")))
                .write(postOfFive(""))
                .expectAppQuietAfter("scope")
                .signal("second")
                .awaitApp("receive_failed@main")
                .write("hello")
                .expectResponse(status(200), body("ok"))
                .expectApp(
                        entry(Kind.RECEIVE_FAILED)
                                .inFork(Step.Fork.MAIN)
                                .detail("is", containing("IllegalStateException")),
                        received("http.request").inFork("first").with("body", bytes("hello")),
                        no(entry(Kind.RECEIVE_FAILED).inFork("first")));
    }

    @Test
    @Requirement("threads.receive-one-at-a-time")
    @Needs(Feature.WEBSOCKET)
    final void aSecondReceiveOfMessagesAtTheSameTimeIsRefused() {
        scenario(app(
                        connectAndAccept(),
                        fork("first", receive()),
                        await("second"),
                        receive().tolerant(),
                        join("first"),
                        close()))
                .openWebSocket()
                .expectAppQuietAfter("sent:websocket.accept")
                .signal("second")
                .awaitApp("receive_failed@main")
                .sendText("hello")
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(
                        entry(Kind.RECEIVE_FAILED)
                                .inFork(Step.Fork.MAIN)
                                .detail("is", containing("IllegalStateException")),
                        received("websocket.receive").inFork("first").with("text", "hello"),
                        no(entry(Kind.RECEIVE_FAILED).inFork("first")));
    }

    // threads that outlive their call

    @Test
    @Requirement({"threads.outlives-call", "http.response.after-complete"})
    final void aThreadThatOutlivesItsCallFindsTheExchangeOver() {
        scenario(calls(
                        app(
                                fork(
                                        "later",
                                        await("go"),
                                        receive(),
                                        last("late").tolerant(),
                                        receive()),
                                respond(200, "first")),
                        app(respond(200, "second"))))
                .get()
                .expectResponse(status(200), body("first"))
                .awaitApp("returned@main")
                .signal("go")
                .awaitApp("returned@later")
                .get()
                .expectResponse(status(200), body("second"))
                .expectApp(
                        exactly(2, received("http.disconnect").inFork("later")),
                        sendFailed("http.response.body").inFork("later").illegalEvent());
    }

    @Test
    @Requirement("threads.outlives-call")
    final void aThreadCannotGoOnWithTheResponseOfACallThatHasEnded() {
        scenario(app(fork("later", await("go"), receive(), last("late").tolerant()), start(200), more("early")))
                .get()
                .expectResponse(truncated())
                .awaitApp("returned@main")
                .signal("go")
                .about("threads.outlives-call")
                .expectApp(
                        received("http.disconnect").inFork("later"),
                        sendFailed("http.response.body").inFork("later").clientDisconnected());
    }

    @Test
    @Requirement("threads.outlives-call")
    @Needs(Feature.WEBSOCKET)
    final void aThreadThatOutlivesTheCallOfAWebSocketFindsItClosed() {
        scenario(app(fork("later", await("go"), receive(), sendText("late").tolerant()), receive(), accept()))
                .openWebSocket()
                .expectWebSocketClose(closeFrame(1000))
                .awaitApp("returned@main")
                .signal("go")
                .expectApp(
                        received("websocket.disconnect").inFork("later"),
                        sendFailed("websocket.send").inFork("later"),
                        no(sent("websocket.send")));
    }

    private static String postOfFive(String behind) {
        return "POST {path}" + behind + " HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\n";
    }

    private static TraceMatcher onlyReceived(String... types) {
        return trace(
                "no events but " + String.join(", ", types),
                view -> view.entries().stream()
                        .filter(entry -> entry.kind() == Kind.RECEIVED)
                        .allMatch(entry -> List.of(types).contains(entry.eventType())));
    }
}
