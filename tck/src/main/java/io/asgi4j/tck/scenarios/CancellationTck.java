package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.closeFrame;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.response;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.text;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.close;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.fork;
import static io.asgi4j.tck.scenario.Scripts.interrupt;
import static io.asgi4j.tck.scenario.Scripts.join;
import static io.asgi4j.tck.scenario.Scripts.last;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.sendText;
import static io.asgi4j.tck.scenario.Scripts.start;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.EntryMatcher;
import io.asgi4j.tck.scenario.Steps;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an interrupt does to a thread of the application that waits for its client, and what it must not do. */
public abstract class CancellationTck extends Tck {
    /** More than fits between a server and a client that does not read. */
    private static final int LARGE = 16 << 20;

    /** How often an interrupt and an event come at the same moment. */
    private static final int ROUNDS = 30;

    @Test
    @Requirement({"cancellation.blocked-calls-end", "cancellation.receive-loses-nothing"})
    final void anInterruptEndsAReceiveThatIsBlocked() {
        scenario(app(
                        fork("other", await("go"), interrupt(Step.Fork.MAIN)),
                        receive().tolerant(),
                        receiveUntilBodyEnds(),
                        respond(200, "ok")))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\n")
                .expectAppQuietAfter("scope")
                .signal("go")
                .awaitApp("interrupted")
                .write("hello")
                .expectResponse(status(200), body("ok"))
                .expectApp(interrupted("receive"), requestBody("hello"), returned());
    }

    @Test
    @Requirement({"cancellation.blocked-calls-end", "cancellation.receive-loses-nothing"})
    @Needs(Feature.WEBSOCKET)
    final void anInterruptEndsAReceiveThatWaitsForMessages() {
        scenario(app(
                        connectAndAccept(),
                        fork("other", await("go"), interrupt(Step.Fork.MAIN)),
                        receive().tolerant(),
                        receive(),
                        sendText("got it"),
                        close()))
                .openWebSocket()
                .expectAppQuietAfter("sent:websocket.accept")
                .signal("go")
                .awaitApp("interrupted")
                .sendText("hello")
                .expectMessage(text("got it"))
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(interrupted("receive"), received("websocket.receive").with("text", "hello"));
    }

    @Test
    @Requirement("cancellation.receive-loses-nothing")
    @Needs(Feature.WEBSOCKET)
    final void messagesThatWaitAreNotLostToAnInterrupt() {
        scenario(app(
                        connectAndAccept(),
                        await("go"),
                        interrupt(Step.Fork.MAIN),
                        receive().tolerant().times(4)))
                .openWebSocket()
                .sendText("one")
                .sendText("two")
                .signal("go")
                .awaitApp("received:websocket.receive*2")
                .close()
                .expectApp(
                        exactly(1, message("one")),
                        exactly(1, message("two")),
                        inOrder(message("one"), message("two"), received("websocket.disconnect")),
                        returned());
    }

    @Test
    @Requirement("cancellation.receive-loses-nothing")
    @Needs(Feature.WEBSOCKET)
    final void messagesThatComeAtTheMomentOfAnInterruptAreNotLost() {
        var interrupts = new ArrayList<Steps>();
        for (var i = 0; i < ROUNDS; i++) {
            interrupts.add(await("go" + i));
            interrupts.add(interrupt("reader"));
        }
        var scenario = scenario(app(
                        connectAndAccept(),
                        fork("reader", receive().tolerant().times(2 * ROUNDS + 1)),
                        fork("other", interrupts.toArray(Steps[]::new)),
                        join("reader")))
                .openWebSocket();
        for (var i = 0; i < ROUNDS; i++) {
            scenario.signal("go" + i).sendText("message " + i);
        }
        scenario.awaitApp("received:websocket.receive*" + ROUNDS)
                .close()
                .expectApp(
                        inOrder(IntStream.range(0, ROUNDS)
                                .mapToObj(i -> message("message " + i))
                                .toArray(EntryMatcher[]::new)),
                        exactly(ROUNDS, received("websocket.receive")),
                        received("websocket.disconnect"));
    }

    @Test
    @Requirement({"cancellation.blocked-calls-end", "cancellation.whole-or-nothing"})
    final void anInterruptEndsASendThatIsBlockedAndLeavesNoPartOfItsEvent() {
        scenario(app(
                        fork("other", await("go"), interrupt(Step.Fork.MAIN)),
                        start(200),
                        more(fill("0123456789abcdef", LARGE)).tolerant(),
                        last("end")))
                .connectWithReceiveBuffer(65536)
                .get()
                .expectAppQuietAfter("sent:http.response.start")
                .signal("go")
                .awaitApp("interrupted")
                .expectResponse(
                        status(200),
                        response(
                                "the whole event or nothing of it, and then \"end\"",
                                reply -> reply.body().size() == LARGE + 3
                                        || reply.body().size() == 3))
                .expectApp(interrupted("send"), inOrder(entry(Kind.INTERRUPTED), sent("http.response.body")));
    }

    @Test
    @Requirement("cancellation.whole-or-nothing")
    final void aThreadThatWasInterruptedBeforeItSendsSendsOnceOrNotAtAll() {
        scenario(app(
                        interrupt(Step.Fork.MAIN),
                        start(200).tolerant(),
                        start(200).tolerant(),
                        last("page").tolerant(),
                        last("page").tolerant()))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(returned());
    }

    @Test
    @Requirement("cancellation.disconnect-does-not-interrupt")
    @Needs(Feature.WEBSOCKET)
    final void theLossOfAWebSocketInterruptsNobody() {
        scenario(app(connectAndAccept(), receive(), await("go")))
                .openWebSocket()
                .reset()
                .awaitApp("received:websocket.disconnect")
                .signal("go")
                .expectApp(no(entry(Kind.INTERRUPTED)), returned());
    }

    @Test
    @Requirement("cancellation.disconnect-does-not-interrupt")
    final void aClientThatLeavesInterruptsNoneOfTheThreads() {
        scenario(app(
                        fork("idle", await("go")),
                        receiveUntil("http.disconnect"),
                        start(200).tolerant(),
                        await("go"),
                        join("idle")))
                .get()
                .awaitApp("received:http.request")
                .reset()
                .awaitApp("send_failed")
                .signal("go")
                .expectApp(no(entry(Kind.INTERRUPTED)), returned());
    }

    private static EntryMatcher interrupted(String operation) {
        return entry(Kind.INTERRUPTED).detail("op", Value.of(operation));
    }

    private static EntryMatcher message(String text) {
        return received("websocket.receive").with("text", text);
    }
}
