package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.absent;
import static io.asgi4j.tck.scenario.Matchers.binary;
import static io.asgi4j.tck.scenario.Matchers.bytes;
import static io.asgi4j.tck.scenario.Matchers.closeFrame;
import static io.asgi4j.tck.scenario.Matchers.connectionEnds;
import static io.asgi4j.tck.scenario.Matchers.either;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.noHeader;
import static io.asgi4j.tck.scenario.Matchers.ping;
import static io.asgi4j.tck.scenario.Matchers.pong;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.refused;
import static io.asgi4j.tck.scenario.Matchers.response;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.text;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.close;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.event;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.send;
import static io.asgi4j.tck.scenario.Scripts.sendBytes;
import static io.asgi4j.tck.scenario.Scripts.sendText;
import static io.asgi4j.tck.scenario.Scripts.sleep;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.scenario.EntryMatcher;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.PerMessageDeflate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How messages travel over a WebSocket. */
@Needs(Feature.WEBSOCKET)
public abstract class WebSocketMessagesTck extends Tck {
    private static final int MESSAGE_LIMIT = 1024;

    @Test
    @Requirement("websocket.messages.one-of-two")
    final void aTextMessageArrivesAsText() {
        scenario(app(connectAndAccept(), receive(), close()))
                .openWebSocket()
                .sendFrames(Frame.text("h\u00e9llo \ud83d\ude00"))
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(message().with("text", "h\u00e9llo \ud83d\ude00").with("bytes", absent()));
    }

    @Test
    @Requirement("websocket.messages.one-of-two")
    final void aBinaryMessageArrivesAsBytes() {
        scenario(app(connectAndAccept(), receive(), close()))
                .openWebSocket()
                .sendFrames(Frame.binary(Octets.hex("00ff80c3")))
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(message()
                        .with("bytes", Value.latin1("\u0000\u00ff\u0080\u00c3"))
                        .with("text", absent()));
    }

    @Test
    @Requirement({"websocket.messages.empty", "websocket.messages.one-of-two"})
    final void emptyMessagesArrive() {
        scenario(app(connectAndAccept(), receive().times(2), close()))
                .openWebSocket()
                .sendFrames(Frame.text(""), Frame.binary(Octets.EMPTY))
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(
                        inOrder(
                                message().with("text", "").with("bytes", absent()),
                                message().with("bytes", bytes("")).with("text", absent())),
                        exactly(2, message()));
    }

    @Test
    @Requirement({"websocket.messages.kind-kept", "websocket.messages.empty"})
    final void messagesAreSentInTheirKind() {
        scenario(app(
                        connectAndAccept(),
                        sendText("caf\u00e9"),
                        sendBytes(bytes("caf\u00e9")),
                        sendText(""),
                        sendBytes(bytes("")),
                        close()))
                .openWebSocket()
                .expectMessage(text("caf\u00e9"))
                .expectMessage(binary(bytes("caf\u00e9")))
                .expectMessage(text(""))
                .expectMessage(binary(bytes("")))
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(exactly(4, sent("websocket.send")));
    }

    @Test
    @Requirement({"websocket.messages.one-of-two", "websocket.messages.kind-kept"})
    final void largeMessagesOfBytesTravelBothWays() {
        var large = fill("0123456789abcdef\n", 1 << 20);
        scenario(app(connectAndAccept(), receive(), sendBytes(large)))
                .openWebSocket()
                .sendFrames(Frame.binary(Octets.of(large.toByteArray())))
                .expectMessage(binary(large))
                .expectApp(message().with("bytes", large).with("text", absent()));
    }

    @Test
    @Requirement("websocket.messages.one-of-two")
    final void aLargeTextMessageArrivesWhole() {
        var large = fill("0123456789abcdef\n", 1 << 20);
        scenario(app(connectAndAccept(), receive(), close()))
                .openWebSocket()
                .sendFrames(Frame.text(Octets.of(large.toByteArray())))
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(message().with("text", new Value.DigestedText(large.length(), large.sha256())));
    }

    @Test
    @Requirement("websocket.messages.one-of-two-sent")
    final void aMessageWithBothTextAndBytesIsRefused() {
        scenario(app(
                        connectAndAccept(),
                        send(event("websocket.send").with("text", "a").with("bytes", bytes("b")))
                                .tolerant(),
                        sendText("after")))
                .openWebSocket()
                .expectMessage(text("after"))
                .expectApp(inOrder(refused("websocket.send"), sent("websocket.send")));
    }

    @Test
    @Requirement("websocket.messages.one-of-two-sent")
    final void aMessageWithNeitherTextNorBytesIsRefused() {
        scenario(app(connectAndAccept(), send(event("websocket.send")).tolerant(), sendText("after")))
                .openWebSocket()
                .expectMessage(text("after"))
                .expectApp(inOrder(refused("websocket.send"), sent("websocket.send")));
    }

    @Test
    @Requirement({"websocket.messages.kind-kept", "websocket.messages.one-of-two-sent"})
    final void aMessageWhoseBytesAreNullIsText() {
        scenario(app(
                        connectAndAccept(),
                        send(event("websocket.send").with("bytes", Value.NULL).with("text", "text"))))
                .openWebSocket()
                .expectMessage(text("text"))
                .expectApp(sent("websocket.send"));
    }

    @Test
    @Requirement({"websocket.messages.whole", "websocket.ping.answered"})
    final void fragmentsOfTextAreOneMessageThoughAPingComesBetween() {
        scenario(app(connectAndAccept(), receive(), sendText("done")))
                .openWebSocket()
                .sendFrames(
                        Frame.text("one ").withoutFin(),
                        Frame.ping(Octets.utf8("between")),
                        Frame.continuation(Octets.utf8("two ")).withoutFin(),
                        Frame.continuation(Octets.utf8("three")))
                .expectNext(pong("between"))
                .expectMessage(text("done"))
                .expectApp(message().with("text", "one two three"), exactly(1, message()));
    }

    @Test
    @Requirement("websocket.messages.whole")
    final void fragmentsOfBytesAreOneMessageThoughSomeAreEmpty() {
        scenario(app(connectAndAccept(), receive(), sendText("done")))
                .openWebSocket()
                .sendFrames(
                        Frame.binary(Octets.EMPTY).withoutFin(),
                        Frame.continuation(Octets.hex("00ff")).withoutFin(),
                        Frame.continuation(Octets.EMPTY).withoutFin(),
                        Frame.continuation(Octets.hex("80")).withoutFin(),
                        Frame.continuation(Octets.EMPTY))
                .expectMessage(text("done"))
                .expectApp(message().with("bytes", Value.latin1("\u0000\u00ff\u0080")), exactly(1, message()));
    }

    @Test
    @Requirement({"websocket.messages.whole", "websocket.messages.text-validated"})
    final void aCharacterMayBeSplitByFragments() {
        scenario(app(connectAndAccept(), receive(), sendText("done")))
                .openWebSocket()
                .sendFrames(Frame.text("\u20ac\ud83d\ude00").fragmented(1))
                .expectMessage(text("done"))
                .expectApp(message().with("text", "\u20ac\ud83d\ude00"));
    }

    @Test
    @Requirement("websocket.messages.order")
    final void messagesKeepTheirOrder() {
        scenario(app(
                        connectAndAccept(),
                        receive().times(4),
                        sendText("a"),
                        sendBytes(bytes("b")),
                        sendText("c"),
                        sendBytes(bytes("d"))))
                .openWebSocket()
                .sendFrames(
                        Frame.text("1"),
                        Frame.binary(Octets.utf8("2")),
                        Frame.text("3"),
                        Frame.binary(Octets.utf8("4")))
                .expectMessage(text("a"))
                .expectMessage(binary(bytes("b")))
                .expectMessage(text("c"))
                .expectMessage(binary(bytes("d")))
                .expectApp(inOrder(
                        message().with("text", "1"),
                        message().with("bytes", bytes("2")),
                        message().with("text", "3"),
                        message().with("bytes", bytes("4"))));
    }

    @Test
    @Requirement("websocket.messages.pending-first")
    final void messagesThatAreWaitingComeBeforeTheDisconnect() {
        scenario(app(connectAndAccept(), await("go"), receive().times(4)))
                .openWebSocket()
                .sendFrames(Frame.text("1"), Frame.text("2"), Frame.text("3"), Frame.close(1000, ""))
                .signal("go")
                .expectMessage(closeFrame(1000))
                .expectApp(inOrder(
                        message().with("text", "1"),
                        message().with("text", "2"),
                        message().with("text", "3"),
                        disconnect().with("code", 1000)));
    }

    @Test
    @Requirement("websocket.messages.pending-first")
    final void messagesThatAreWaitingComeThoughAnIllegalFrameFollows() {
        scenario(app(connectAndAccept(), await("go"), receive().times(3)))
                .openWebSocket()
                .sendFrames(Frame.text("1"), Frame.text("2"), Frame.text("3").withOpcode(3))
                .signal("go")
                .expectWebSocketClose(closeFrame(1002))
                .expectApp(inOrder(
                        message().with("text", "1"),
                        message().with("text", "2"),
                        disconnect().with("code", 1002)));
    }

    @Test
    @Requirement({"websocket.messages.pending-first", "websocket.close.lost"})
    final void messagesThatAreWaitingComeThoughTheConnectionIsLost() {
        scenario(app(connectAndAccept(), await("go"), receive().times(3)))
                .openWebSocket()
                .sendFrames(Frame.text("1"), Frame.text("2"))
                .close()
                .signal("go")
                .expectApp(inOrder(
                        message().with("text", "1"),
                        message().with("text", "2"),
                        disconnect().with("code", 1006)));
    }

    @Test
    @Requirement({"websocket.messages.never-partial", "websocket.close.lost"})
    final void aMessageThatIsCutOffIsNotDelivered() {
        scenario(untilDisconnect())
                .openWebSocket()
                .sendFrames(Frame.text("whole"), Frame.text("part").withoutFin())
                .awaitApp("received:websocket.receive")
                .close()
                .expectApp(
                        inOrder(message().with("text", "whole"), disconnect().with("code", 1006)),
                        exactly(1, message()));
    }

    // what is refused

    @Test
    @Requirement({"websocket.messages.size-limited", "websocket.messages.never-partial"})
    final void aMessageAboveTheLimitIsRefused() {
        limited(Frame.binary(Octets.filled('x', MESSAGE_LIMIT + 1)));
    }

    @Test
    @Requirement({"websocket.messages.size-limited", "websocket.messages.never-partial"})
    final void fragmentsThatAreTogetherAboveTheLimitAreRefused() {
        limited(
                Frame.text(Octets.filled('x', MESSAGE_LIMIT)).withoutFin(),
                Frame.continuation(Octets.utf8("y")).withoutFin());
    }

    @Test
    @Requirement("websocket.messages.size-limited")
    final void aFrameIsRefusedAsSoonAsItAnnouncesTooMuch() {
        limited(Frame.binary(Octets.utf8("the beginning")).announcing(1L << 40));
    }

    @Test
    @Requirement("websocket.messages.size-limited")
    final void aMessageAtTheLimitArrives() {
        scenario(app(connectAndAccept(), receive()))
                .startedWith(StartOption.WEBSOCKET_MAX_MESSAGE_SIZE, MESSAGE_LIMIT)
                .openWebSocket()
                .sendFrames(Frame.binary(Octets.filled('x', MESSAGE_LIMIT)))
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(message().with("bytes", fill("x", MESSAGE_LIMIT)));
    }

    @Test
    @Requirement({"websocket.messages.text-validated", "websocket.messages.never-partial"})
    final void textThatIsNotUtf8IsRefused() {
        breaking(1007, Frame.text(Octets.hex("68c328")));
    }

    @Test
    @Requirement({"websocket.messages.text-validated", "websocket.messages.never-partial"})
    final void textThatEndsWithinACharacterIsRefused() {
        breaking(1007, Frame.text(Octets.hex("68e282")));
    }

    @Test
    @Requirement("websocket.messages.text-validated")
    final void aSurrogateInTextIsRefused() {
        breaking(1007, Frame.text(Octets.hex("eda080")));
    }

    @Test
    @Requirement("websocket.messages.text-validated")
    final void aReasonThatIsNotUtf8IsRefused() {
        breaking(1007, Frame.of(Frame.CLOSE, Frame.closePayload(1000, Octets.hex("c328"))));
    }

    @Test
    @Requirement({"websocket.messages.protocol-validated", "websocket.messages.never-partial"})
    final void anUnmaskedFrameIsRefused() {
        breaking(1002, Frame.text("naked").withoutMask());
    }

    @Test
    @Requirement("websocket.messages.protocol-validated")
    final void aReservedBitIsRefused() {
        breaking(1002, Frame.text("reserved").withRsv(Frame.RSV2));
    }

    @Test
    @Requirement("websocket.messages.protocol-validated")
    final void aReservedOpcodeIsRefused() {
        breaking(1002, Frame.text("reserved").withOpcode(3));
    }

    @Test
    @Requirement("websocket.messages.protocol-validated")
    final void aReservedControlOpcodeIsRefused() {
        breaking(1002, Frame.ping(Octets.EMPTY).withOpcode(11));
    }

    @Test
    @Requirement("websocket.messages.protocol-validated")
    final void aStrayContinuationIsRefused() {
        breaking(1002, Frame.continuation(Octets.utf8("stray")));
    }

    @Test
    @Requirement({"websocket.messages.protocol-validated", "websocket.messages.never-partial"})
    final void aMessageWithinAMessageIsRefused() {
        breaking(1002, Frame.text("begun").withoutFin(), Frame.text("another"));
    }

    @Test
    @Requirement("websocket.messages.protocol-validated")
    final void aFragmentedPingIsRefused() {
        breaking(1002, Frame.ping(Octets.utf8("part")).withoutFin());
    }

    @Test
    @Requirement("websocket.messages.protocol-validated")
    final void aLongPingIsRefused() {
        breaking(1002, Frame.ping(Octets.filled('x', 126)));
    }

    @Test
    @Requirement("websocket.messages.protocol-validated")
    final void aCloseFrameOfOneByteIsRefused() {
        breaking(1002, Frame.of(Frame.CLOSE, Octets.hex("03")));
    }

    @Test
    @Requirement("websocket.messages.protocol-validated")
    final void aCloseFrameWithAReservedCodeIsRefused() {
        breaking(1002, Frame.close(1005, ""));
    }

    @Test
    @Requirement("websocket.messages.protocol-validated")
    final void aCloseFrameWithACodeOutOfRangeIsRefused() {
        breaking(1002, Frame.close(999, ""));
    }

    // pings and pongs

    @Test
    @Requirement("websocket.messages.text-encoded")
    final void textThatHasNoUtf8IsNotSentAsItIs() {
        scenario(app(connectAndAccept(), sendText("half a \ud83d pair").tolerant(), close().tolerant()))
                .openWebSocket()
                .expectWebSocketClose(either(closeFrame(), connectionEnds()))
                .expectApp(returned());
    }

    @Test
    @Requirement("websocket.ping.sent")
    final void aQuietClientIsPinged() {
        scenario(untilDisconnect())
                .startedWith(StartOption.WEBSOCKET_PING_INTERVAL, Duration.ofMillis(100))
                .openWebSocket()
                .expectNext(ping())
                .closeWebSocket(1000, "")
                .expectApp(disconnect().with("code", 1000));
    }

    @Test
    @Requirement("websocket.ping.timeout")
    final void aClientThatDoesNotAnswerPingsIsGivenUp() {
        scenario(untilDisconnect())
                .startedWith(StartOption.WEBSOCKET_PING_INTERVAL, Duration.ofMillis(400))
                .startedWith(StartOption.WEBSOCKET_PING_TIMEOUT, Duration.ofMillis(100))
                .openWebSocket()
                .expectNext(ping())
                .expectNext(closeFrame(1011))
                .expectApp(disconnect().with("code", 1011));
    }

    @Test
    @Requirement("websocket.ping.timeout")
    final void aClientThatAnswersPingsIsKept() {
        scenario(app(connectAndAccept(), sleep(1000), sendText("still here"), receive()))
                .startedWith(StartOption.WEBSOCKET_PING_INTERVAL, Duration.ofMillis(50))
                .startedWith(StartOption.WEBSOCKET_PING_TIMEOUT, Duration.ofMillis(500))
                .openWebSocket()
                .expectMessage(text("still here"))
                .closeWebSocket(1000, "")
                .expectApp(disconnect().with("code", 1000));
    }

    @Test
    @Requirement("websocket.ping.answered")
    final void pingsAndPongsAreNotTheApplications() {
        scenario(app(connectAndAccept(), receive(), sendText("done")))
                .openWebSocket()
                .sendFrames(Frame.pong(Octets.utf8("unasked")), Frame.ping(Octets.utf8("asked")), Frame.text("hello"))
                .expectNext(pong("asked"))
                .expectMessage(text("done"))
                .expectApp(message().with("text", "hello"), exactly(1, message()));
    }

    // compression

    @Test
    @Needs(Feature.WEBSOCKET_COMPRESSION)
    @Requirement({"websocket.compression", "websocket.messages.order"})
    final void compressedMessagesAreSentAsTheyWere() {
        var large = fill("compress me ", 20_000);
        scenario(app(connectAndAccept(), receive(), sendText("hello hello hello"), sendBytes(large)))
                .handshakeWithExtensions("permessage-deflate")
                .expectOpening(response(
                        "agreement on permessage-deflate",
                        response -> response.fields().members("sec-websocket-extensions").stream()
                                .anyMatch(member -> member.startsWith("permessage-deflate"))))
                .sendText("uncompressed is legal")
                .expectMessage(text("hello hello hello"))
                .expectMessage(binary(large))
                .expectApp(message().with("text", "uncompressed is legal"));
    }

    @Test
    @Needs(Feature.WEBSOCKET_COMPRESSION)
    @Requirement("websocket.compression")
    final void aCompressedMessageArrivesInflated() {
        scenario(app(connectAndAccept(), receive()))
                .handshakeWithExtensions("permessage-deflate")
                .expectOpening()
                .sendFrames(Frame.text(Octets.hex("f248cdc9c90700")).withRsv(Frame.RSV1))
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(message().with("text", "Hello"));
    }

    @Test
    @Needs(Feature.WEBSOCKET_COMPRESSION)
    @Requirement({"websocket.messages.size-limited", "websocket.messages.never-partial"})
    final void theLimitIsMeasuredAfterDecompression() {
        try (var deflate = new PerMessageDeflate(true, true)) {
            scenario(untilDisconnect())
                    .startedWith(StartOption.WEBSOCKET_MAX_MESSAGE_SIZE, MESSAGE_LIMIT)
                    .handshakeWithExtensions("permessage-deflate")
                    .expectOpening()
                    .sendFrames(deflate.binary(Octets.filled('x', MESSAGE_LIMIT * 100)))
                    .expectWebSocketClose(closeFrame(1009))
                    .expectApp(disconnect().with("code", 1009), no(message()));
        }
    }

    @Test
    @Needs(Feature.WEBSOCKET_COMPRESSION)
    @Requirement("websocket.compression-switched-off")
    final void compressionCanBeSwitchedOff() {
        scenario(app(connectAndAccept(), sendText("plain")))
                .startedWith(StartOption.WEBSOCKET_COMPRESSION, "false")
                .handshakeWithExtensions("permessage-deflate")
                .expectOpening(noHeader("sec-websocket-extensions"))
                .expectMessage(text("plain"))
                .expectApp(sent("websocket.send"));
    }

    private static Script untilDisconnect() {
        return app(connectAndAccept(), receiveUntil("websocket.disconnect"));
    }

    private void limited(Frame... frames) {
        scenario(untilDisconnect())
                .startedWith(StartOption.WEBSOCKET_MAX_MESSAGE_SIZE, MESSAGE_LIMIT)
                .openWebSocket()
                .sendFrames(frames)
                .expectWebSocketClose(closeFrame(1009))
                .expectApp(disconnect().with("code", 1009), no(message()));
    }

    private void breaking(int code, Frame... frames) {
        scenario(untilDisconnect())
                .openWebSocket()
                .sendFrames(frames)
                .expectWebSocketClose(closeFrame(code))
                .expectApp(disconnect().with("code", code), no(message()));
    }

    private static EntryMatcher message() {
        return received("websocket.receive");
    }

    private static EntryMatcher disconnect() {
        return received("websocket.disconnect");
    }
}
