package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.about;
import static io.asgi4j.tck.scenario.Matchers.closeFrame;
import static io.asgi4j.tck.scenario.Matchers.closeFrameWithoutCode;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.pong;
import static io.asgi4j.tck.scenario.Matchers.raised;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.refused;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.close;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.event;
import static io.asgi4j.tck.scenario.Scripts.fork;
import static io.asgi4j.tck.scenario.Scripts.join;
import static io.asgi4j.tck.scenario.Scripts.raise;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.send;
import static io.asgi4j.tck.scenario.Scripts.sendText;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.scenario.EntryMatcher;
import io.asgi4j.tck.scenario.Steps;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Octets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a WebSocket ends. */
@Needs(Feature.WEBSOCKET)
public abstract class WebSocketCloseTck extends Tck {
    // by the application

    @Test
    @Requirement({"websocket.close.by-application", "websocket.close.code-of-beginner"})
    final void aCloseWithoutCodeIs1000() {
        closedByApplication(close(), 1000, "");
    }

    @Test
    @Requirement({"websocket.close.by-application", "websocket.close.code-of-beginner"})
    final void aCodeOfTheProtocolIsSent() {
        closedByApplication(close(1001, ""), 1001, "");
    }

    @Test
    @Requirement({"websocket.close.by-application", "websocket.close.code-of-beginner"})
    final void aRegisteredCodeIsSent() {
        closedByApplication(close(3000, ""), 3000, "");
    }

    @Test
    @Requirement({"websocket.close.by-application", "websocket.close.code-of-beginner"})
    final void aPrivateCodeIsSent() {
        closedByApplication(close(4999, ""), 4999, "");
    }

    @Test
    @Requirement({"websocket.close.reason-of-application", "websocket.close.code-of-beginner"})
    final void codeAndReasonOfTheApplicationAreSent() {
        closedForReason(close(1001, "going away"), 1001, "going away");
    }

    @Test
    @Requirement({"websocket.close.reason-of-application", "websocket.close.code-of-beginner"})
    final void aReasonOutsideAsciiIsSent() {
        closedForReason(close(3000, "caf\u00e9"), 3000, "caf\u00e9");
    }

    @Test
    @Requirement({"websocket.close.reason-of-application", "websocket.close.code-of-beginner"})
    final void aReasonThatIsNullIsNone() {
        closedForReason(send(event("websocket.close").with("code", 1000).with("reason", Value.NULL)), 1000, "");
    }

    @Test
    @Requirement({"websocket.close.reason-of-application", "websocket.close.code-of-beginner"})
    final void theLongestReasonIsSent() {
        closedForReason(close(1000, "r".repeat(123)), 1000, "r".repeat(123));
    }

    @Test
    @Requirement("websocket.close.legal-codes")
    final void codesThatNeverTravelAreRefused() {
        scenario(app(
                        connectAndAccept(),
                        close(0, "").tolerant(),
                        close(999, "").tolerant(),
                        close(1004, "").tolerant(),
                        close(1005, "").tolerant(),
                        close(1006, "").tolerant(),
                        close(1015, "").tolerant(),
                        close(2999, "").tolerant(),
                        close(5000, "").tolerant(),
                        close(4000, "legal")))
                .openWebSocket()
                .expectWebSocketClose(closeFrame(4000, "legal"))
                .expectApp(exactly(8, refused("websocket.close")), exactly(1, sent("websocket.close")));
    }

    @Test
    @Requirement("websocket.close.legal-codes")
    final void aReasonThatIsTooLongIsRefused() {
        scenario(app(connectAndAccept(), close(4000, "\u00e9".repeat(62)).tolerant(), close(4001, "short")))
                .openWebSocket()
                .expectWebSocketClose(closeFrame(4001, "short"))
                .expectApp(inOrder(refused("websocket.close"), sent("websocket.close")));
    }

    @Test
    @Requirement({"websocket.close.disconnect-at-once", "websocket.close.disconnect-always"})
    final void afterItsCloseTheApplicationReceivesTheDisconnectWithoutTheClientsAnswer() {
        scenario(app(connectAndAccept(), close(4000, "bye"), receive()))
                .openWebSocket()
                .about("websocket.close.disconnect-at-once")
                .awaitApp("ended")
                .expectWebSocketClose(closeFrame(4000, "bye"))
                .expectApp(disconnect(4000, "bye"))
                .about("websocket.close.disconnect-always")
                .expectApp(received("websocket.disconnect"));
    }

    @Test
    @Requirement("websocket.close.disconnect-at-once")
    final void aReceiveThatIsBlockedReturnsWhenTheApplicationCloses() {
        scenario(app(connectAndAccept(), fork("reader", receive()), await("go"), close(4000, "bye"), join("reader")))
                .openWebSocket()
                .expectAppQuietAfter("sent:websocket.accept")
                .signal("go")
                .awaitApp("returned")
                .expectWebSocketClose(closeFrame(4000, "bye"))
                .expectApp(disconnect(4000, "bye").inFork("reader"));
    }

    @Test
    @Requirement("websocket.close.disconnect-at-once")
    final void messagesThatWereNotDeliveredAreDroppedWhenTheApplicationCloses() {
        scenario(app(connectAndAccept(), await("go"), close(), receive()))
                .openWebSocket()
                .sendFrames(Frame.text("undelivered"), Frame.ping(Octets.utf8("read")))
                .expectNext(pong("read"))
                .signal("go")
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(disconnect(1000, ""), no("websocket.receive"));
    }

    @Test
    @Requirement("websocket.close.disconnect-repeated")
    final void theDisconnectIsRepeated() {
        scenario(app(connectAndAccept(), receive().times(3)))
                .openWebSocket()
                .closeWebSocket(4000, "once")
                .expectApp(exactly(3, disconnect(4000, "once")));
    }

    @Test
    @Requirement({"websocket.close.send-after-own-close", "websocket.close.one-frame"})
    final void aMessageAfterItsOwnCloseIsRefused() {
        scenario(app(connectAndAccept(), close(), sendText("too late").tolerant()))
                .openWebSocket()
                .awaitApp("ended")
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(refused("websocket.send"), returned());
    }

    @Test
    @Requirement({"websocket.close.one-frame", "websocket.close.send-after-own-close"})
    final void aSecondCloseIsRefused() {
        scenario(app(
                        connectAndAccept(),
                        close(4000, "first"),
                        close(4001, "second").tolerant()))
                .openWebSocket()
                .awaitApp("ended")
                .expectWebSocketClose(closeFrame(4000, "first"))
                .expectApp(inOrder(sent("websocket.close"), refused("websocket.close")), returned());
    }

    @Test
    @Requirement("websocket.close.timed")
    final void theServerDoesNotWaitForeverForTheClientsClose() {
        scenario(app(connectAndAccept(), close()))
                .startedWith(StartOption.WEBSOCKET_CLOSE_TIMEOUT, Duration.ofMillis(300))
                .openWebSocket()
                .expectMessage(closeFrame(1000))
                .expectClose()
                .expectApp(returned());
    }

    @Test
    @Requirement("websocket.close.one-frame")
    final void framesAfterTheCloseAreIgnored() {
        scenario(app(connectAndAccept(), receiveUntil("websocket.disconnect"), receive()))
                .openWebSocket()
                .sendFrames(Frame.close(1000, "done"), Frame.text("late"), Frame.close(4000, "later"))
                .expectMessage(closeFrame(1000))
                .expectClose()
                .expectApp(exactly(2, disconnect(1000, "done")), no("websocket.receive"));
    }

    // by the end of the call

    @Test
    @Requirement({"websocket.close.on-return", "websocket.close.ended-with-the-call"})
    final void aCallThatReturnsClosesWith1000() {
        scenario(app(connectAndAccept()))
                .openWebSocket()
                .about("websocket.close.ended-with-the-call")
                .expectWebSocketClose(about("websocket.close.on-return", closeFrame(1000)));
    }

    @Test
    @Requirement({"websocket.close.on-exception", "websocket.close.ended-with-the-call"})
    final void aCallThatThrowsClosesWith1011() {
        scenario(app(connectAndAccept(), raise("secret of the application")))
                .openWebSocket()
                .about("websocket.close.ended-with-the-call")
                .expectWebSocketClose(about("websocket.close.on-exception", closeFrame(1011)));
    }

    @Test
    @Requirement({
        "websocket.close.ended-with-the-call",
        "websocket.close.disconnect-always",
        "websocket.close.on-return",
        "websocket.close.code-of-beginner"
    })
    final void aReceiveThatOutlivesTheCallIsADisconnect() {
        scenario(app(connectAndAccept(), fork("reader", receive())))
                .openWebSocket()
                .about("websocket.close.ended-with-the-call", "websocket.close.disconnect-always")
                .expectWebSocketClose(about("websocket.close.on-return", closeFrame(1000)))
                .expectApp(received("websocket.disconnect").inFork("reader"))
                .about("websocket.close.code-of-beginner")
                .expectApp(disconnect(1000, "").inFork("reader"));
    }

    // by the client

    @Test
    @Requirement({
        "websocket.close.client-code",
        "websocket.close.code-of-beginner",
        "websocket.close.answered",
        "websocket.close.disconnect-always"
    })
    final void codeAndReasonOfTheClientArrive() {
        scenario(untilDisconnect())
                .openWebSocket()
                .about("websocket.close.answered")
                .closeWebSocket(1001, "custom reason")
                .about("websocket.close.client-code")
                .expectApp(received("websocket.disconnect").with("code", 1001))
                .about("websocket.close.code-of-beginner")
                .expectApp(disconnect(1001, "custom reason"))
                .about("websocket.close.disconnect-always")
                .expectApp(received("websocket.disconnect"));
    }

    @Test
    @Requirement({"websocket.close.client-code", "websocket.close.answered"})
    final void aPrivateCodeOfTheClientArrives() {
        scenario(untilDisconnect())
                .openWebSocket()
                .about("websocket.close.answered")
                .closeWebSocket(4000, "")
                .about("websocket.close.client-code")
                .expectApp(disconnect(4000, ""));
    }

    @Test
    @Requirement({"websocket.close.client-code", "websocket.close.answered"})
    final void aCloseFrameWithoutCodeIs1005() {
        scenario(untilDisconnect())
                .openWebSocket()
                .sendFrames(Frame.close())
                .about("websocket.close.answered")
                .expectMessage(closeFrameWithoutCode())
                .expectClose()
                .about("websocket.close.client-code")
                .expectApp(disconnect(1005, ""));
    }

    @Test
    @Requirement({"websocket.close.lost", "websocket.close.disconnect-always"})
    final void aConnectionThatEndsWithoutACloseFrameIs1006() {
        scenario(untilDisconnect())
                .openWebSocket()
                .awaitApp("sent:websocket.accept")
                .close()
                .about("websocket.close.disconnect-always")
                .expectApp(received("websocket.disconnect"))
                .about("websocket.close.lost")
                .expectApp(disconnect(1006, ""));
    }

    @Test
    @Requirement("websocket.close.lost")
    final void aConnectionThatBreaksIs1006() {
        scenario(untilDisconnect())
                .openWebSocket()
                .awaitApp("sent:websocket.accept")
                .reset()
                .expectApp(disconnect(1006, ""));
    }

    @Test
    @Requirement("websocket.close.send-after-close")
    final void aMessageAfterTheClientsCloseTellsThatTheClientIsGone() {
        scenario(app(
                        connectAndAccept(),
                        receiveUntil("websocket.disconnect"),
                        sendText("too late").tolerant(),
                        close().tolerant()))
                .openWebSocket()
                .closeWebSocket(1000, "")
                .expectApp(
                        sendFailed("websocket.send").clientGone(),
                        sendFailed("websocket.close").clientGone(),
                        no(sent("websocket.send")));
    }

    @Test
    @Requirement("websocket.close.send-after-close")
    final void aMessageAfterTheLossOfTheConnectionTellsThatTheClientIsGone() {
        scenario(app(connectAndAccept(), receiveUntil("websocket.disconnect"), sendText("too late")))
                .openWebSocket()
                .close()
                .expectApp(sendFailed("websocket.send").clientGone(), raised());
    }

    @Test
    @Requirement({"websocket.close.send-after-close", "websocket.messages.protocol-validated"})
    final void aMessageAfterTheServersOwnCloseTellsThatTheClientIsGone() {
        scenario(app(
                        connectAndAccept(),
                        receiveUntil("websocket.disconnect"),
                        sendText("too late").tolerant()))
                .openWebSocket()
                .sendFrames(Frame.text("reserved").withOpcode(3))
                .expectWebSocketClose(closeFrame(1002))
                .expectApp(sendFailed("websocket.send").clientGone(), no(sent("websocket.send")));
    }

    private void closedByApplication(Steps closing, int code, String reason) {
        closed("websocket.close.by-application", closing, code, reason);
    }

    private void closedForReason(Steps closing, int code, String reason) {
        closed("websocket.close.reason-of-application", closing, code, reason);
    }

    private void closed(String requirement, Steps closing, int code, String reason) {
        scenario(app(connectAndAccept(), closing, receive()))
                .openWebSocket()
                .about(requirement)
                .expectWebSocketClose(closeFrame(code, reason))
                .about("websocket.close.code-of-beginner")
                .expectApp(disconnect(code, reason), returned());
    }

    private static Script untilDisconnect() {
        return app(connectAndAccept(), receiveUntil("websocket.disconnect"));
    }

    private static EntryMatcher disconnect(int code, String reason) {
        return received("websocket.disconnect").with("code", code).with("reason", reason);
    }
}
