package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.closeFrame;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.awaitDisconnected;
import static io.asgi4j.tck.scenario.Scripts.calls;
import static io.asgi4j.tck.scenario.Scripts.check;
import static io.asgi4j.tck.scenario.Scripts.close;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.fork;
import static io.asgi4j.tck.scenario.Scripts.join;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.onSet;
import static io.asgi4j.tck.scenario.Scripts.onSetRaising;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.start;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.EntryMatcher;
import io.asgi4j.tck.script.Step.ConnectionSignal;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import org.junit.jupiter.api.Test;

/** What the signals of a connection tell, and what becomes of the actions that wait for them. */
public abstract class SignalsTck extends Tck {
    // disconnected

    @Test
    @Requirement({"signals.disconnected", "signals.draining"})
    final void noSignalIsSetWithoutReason() {
        scenario(app(
                        receiveUntilBodyEnds(),
                        check(ConnectionSignal.DISCONNECTED),
                        check(ConnectionSignal.DRAINING),
                        respond(204)))
                .get()
                .expectStatus(204)
                .expectApp(signal("disconnected", false), signal("draining", false));
    }

    @Test
    @Requirement({"signals.disconnected", "signals.set-for-good"})
    final void theSignalIsSetOnceTheResponseIsComplete() {
        scenario(app(
                        receiveUntilBodyEnds(),
                        fork("watcher", awaitDisconnected()),
                        respond(204),
                        check(ConnectionSignal.DISCONNECTED),
                        join("watcher"),
                        receive(),
                        await("go"),
                        check(ConnectionSignal.DISCONNECTED)))
                .get()
                .expectStatus(204)
                .close()
                .signal("go")
                .expectApp(
                        exactly(3, signal("disconnected", true)),
                        signal("disconnected", true).inFork("watcher"),
                        returned());
    }

    @Test
    @Requirement({"signals.disconnected", "http.disconnect.without-reading"})
    final void theSignalTellsThoughTheBodyIsUnread() {
        scenario(app(awaitDisconnected()))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5000\r\n\r\nhello")
                .awaitApp("scope")
                .close()
                .expectApp(signal("disconnected", true), returned());
    }

    @Test
    @Requirement("signals.disconnected")
    @Needs(Feature.WEBSOCKET)
    final void theSignalTellsThoughMessagesAreUnread() {
        scenario(app(connectAndAccept(), awaitDisconnected()))
                .openWebSocket()
                .sendText("unread")
                .sendText("unread too")
                .close()
                .expectApp(signal("disconnected", true), no("websocket.receive"), returned());
    }

    @Test
    @Requirement({"signals.disconnected", "signals.set-for-good"})
    @Needs(Feature.WEBSOCKET)
    final void theSignalIsSetOnceTheApplicationHasClosed() {
        scenario(app(
                        connectAndAccept(),
                        check(ConnectionSignal.DISCONNECTED),
                        close(),
                        awaitDisconnected(),
                        check(ConnectionSignal.DISCONNECTED)))
                .openWebSocket()
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(
                        inOrder(
                                signal("disconnected", false),
                                sent("websocket.close"),
                                signal("disconnected", true),
                                signal("disconnected", true)),
                        returned());
    }

    @Test
    @Requirement("signals.disconnected-before-event")
    final void theSignalIsSetBeforeReceiveTells() {
        scenario(app(receiveUntil("http.disconnect"), check(ConnectionSignal.DISCONNECTED)))
                .get()
                .awaitApp("received:http.request")
                .close()
                .expectApp(inOrder(received("http.disconnect"), signal("disconnected", true)));
    }

    @Test
    @Requirement("signals.disconnected-before-event")
    final void theSignalIsSetBeforeSendTells() {
        scenario(app(
                        start(200),
                        more(fill("0123456789abcdef", 1 << 20))
                                .times(64)
                                .summarised()
                                .tolerant(),
                        check(ConnectionSignal.DISCONNECTED)))
                .connectWithReceiveBuffer(65536)
                .get()
                .expectHead(status(200))
                .reset()
                .expectApp(inOrder(sendFailed("http.response.body").clientGone(), signal("disconnected", true)));
    }

    @Test
    @Requirement("signals.disconnected-before-event")
    @Needs(Feature.WEBSOCKET)
    final void theSignalIsSetBeforeReceiveTellsOfTheEndOfAWebSocket() {
        scenario(app(connectAndAccept(), receive(), check(ConnectionSignal.DISCONNECTED)))
                .openWebSocket()
                .closeWebSocket(1000, "")
                .expectApp(inOrder(received("websocket.disconnect"), signal("disconnected", true)));
    }

    // actions

    @Test
    @Requirement("signals.action-once")
    final void anActionRunsOnceWhetherItComesBeforeTheSignalOrAfter() {
        scenario(app(
                        receiveUntilBodyEnds(),
                        onSet(ConnectionSignal.DISCONNECTED, "before"),
                        check(ConnectionSignal.DISCONNECTED),
                        respond(204),
                        await("go"),
                        onSet(ConnectionSignal.DISCONNECTED, "after"),
                        check(ConnectionSignal.DISCONNECTED)))
                .get()
                .expectStatus(204)
                .awaitApp("action")
                .close()
                .signal("go")
                .expectApp(
                        inOrder(signal("disconnected", false), action("before"), entry(Kind.SIGNALLED)),
                        exactly(1, action("before")),
                        inOrder(entry(Kind.SIGNALLED), action("after"), signal("disconnected", true)),
                        exactly(1, action("after")));
    }

    @Test
    @Requirement("signals.action-once")
    final void allActionsRunWhenTheClientLeaves() {
        scenario(app(
                        onSet(ConnectionSignal.DISCONNECTED, "first"),
                        onSet(ConnectionSignal.DISCONNECTED, "second"),
                        receiveUntil("http.disconnect"),
                        await("go")))
                .get()
                .awaitApp("received:http.request")
                .close()
                .awaitApp("action*2")
                .signal("go")
                .expectApp(exactly(1, action("first")), exactly(1, action("second")), returned());
    }

    @Test
    @Requirement("signals.action-once")
    final void anActionWhoseSignalIsNeverSetDoesNotRun() {
        scenario(app(onSet(ConnectionSignal.DRAINING, "never"), respond(204)))
                .get()
                .expectStatus(204)
                .expectApp(no(action("never")), returned());
    }

    @Test
    @Requirement("signals.action-failure-contained")
    final void anActionThatFailsWhenTheResponseIsCompleteDisturbsNobody() {
        scenario(calls(
                        app(
                                onSetRaising(ConnectionSignal.DISCONNECTED, "bad"),
                                onSet(ConnectionSignal.DISCONNECTED, "good"),
                                respond(200, "first"),
                                onSetRaising(ConnectionSignal.DISCONNECTED, "late"),
                                await("go")),
                        app(respond(200, "second"))))
                .get()
                .expectResponse(status(200), body("first"))
                .awaitApp("action*3")
                .signal("go")
                .get()
                .expectResponse(status(200), body("second"))
                .expectApp(action("bad"), action("good"), action("late"), exactly(2, returned()));
    }

    @Test
    @Requirement("signals.action-failure-contained")
    final void anActionThatFailsWhenTheClientLeavesDisturbsNobody() {
        scenario(app(
                        onSetRaising(ConnectionSignal.DISCONNECTED, "bad"),
                        onSet(ConnectionSignal.DISCONNECTED, "good"),
                        receiveUntil("http.disconnect"),
                        await("go")))
                .get()
                .awaitApp("received:http.request")
                .reset()
                .awaitApp("action*2")
                .signal("go")
                .expectApp(action("bad"), action("good"), received("http.disconnect"), returned());
    }

    private static EntryMatcher signal(String name, boolean isSet) {
        return entry(Kind.CONNECTION).detail("signal", Value.of(name)).detail("set", Value.of(isSet));
    }

    private static EntryMatcher action(String name) {
        return entry(Kind.ACTION).detail("name", Value.of(name));
    }
}
