package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.binary;
import static io.asgi4j.tck.scenario.Matchers.bytes;
import static io.asgi4j.tck.scenario.Matchers.clientError;
import static io.asgi4j.tck.scenario.Matchers.closeFrame;
import static io.asgi4j.tck.scenario.Matchers.connectionEnds;
import static io.asgi4j.tck.scenario.Matchers.either;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.header;
import static io.asgi4j.tck.scenario.Matchers.headerMember;
import static io.asgi4j.tck.scenario.Matchers.noHeader;
import static io.asgi4j.tck.scenario.Matchers.notCalled;
import static io.asgi4j.tck.scenario.Matchers.pong;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.response;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.text;
import static io.asgi4j.tck.scenario.Scripts.accept;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.sendBytes;
import static io.asgi4j.tck.scenario.Scripts.sendText;
import static io.asgi4j.tck.scenario.Scripts.unreached;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.EntryMatcher;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Octets;
import org.junit.jupiter.api.Test;

/** How a server speaks WebSocket: the rules {@code wire.handshake} and {@code wire.frames} of WIRE.md. */
@Needs(Feature.WEBSOCKET)
public abstract class WireWebSocketTck extends Tck {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String VERSION = "Sec-WebSocket-Version: 13";
    private static final Script ONE_ANSWER =
            app(connectAndAccept(), receive(), sendText("sound"), receiveUntil("websocket.disconnect"));

    @Test
    @Requirement("wire.handshake.accept")
    final void theAcceptFitsTheKey() {
        scenario(ONE_ANSWER)
                .send(
                        "GET {path} HTTP/1.1",
                        "Host: {host}",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==",
                        VERSION,
                        "")
                .expectHead(status(101), header("sec-websocket-accept", "C/0nmHhBztSRGR1CwL6Tf4ZjwpY="));
    }

    @Test
    @Requirement("wire.handshake.extensions")
    final void noExtensionIsUsedThatIsNotOffered() {
        scenario(ONE_ANSWER)
                .handshakeWithExtensions("x-tck")
                .expectOpening(noHeader("sec-websocket-extensions"))
                .sendText("hello")
                .expectMessage(text("sound"));
    }

    @Test
    @Requirement("wire.handshake.key")
    final void aHandshakeWithoutASoundKeyIsRefused() {
        var scenario = scenario(unreached());
        withKey(scenario.on("none"), "X-Key: none");
        withKey(scenario.on("short"), "Sec-WebSocket-Key: c2hvcnQ=");
        withKey(scenario.on("no-base64"), "Sec-WebSocket-Key: *");
        scenario.expectApp(notCalled());
    }

    @Test
    @Requirement("wire.handshake.version")
    final void aHandshakeOfAnotherVersionIsRefused() {
        scenario(unreached())
                .send(
                        "GET {path} HTTP/1.1",
                        "Host: {host}",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        KEY,
                        "Sec-WebSocket-Version: 99",
                        "")
                .expectResponse(clientError(), headerMember("sec-websocket-version", "13"))
                .expectApp(notCalled());
    }

    @Test
    @Requirement("wire.handshake.http-1-0")
    final void anUpgradeInHttp10IsIgnored() {
        scenario(app(receive(), accept().tolerant(), respond(200, "plain")))
                .send(
                        "GET {path} HTTP/1.0",
                        "Host: {host}",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        KEY,
                        VERSION,
                        "")
                .expectResponseOrClose(response("a status other than 101", response -> response.status() >= 200));
    }

    @Test
    @Requirement("wire.frames.unmasked")
    final void anUnmaskedFrameIsRefused() {
        failing(Frame.text("naked").withoutMask());
    }

    @Test
    @Requirement("wire.frames.sent-unmasked")
    final void framesOfTheServerHaveNoMask() {
        scenario(app(
                        connectAndAccept(),
                        sendText("text"),
                        sendBytes(bytes("bytes")),
                        receiveUntil("websocket.disconnect")))
                .openWebSocket()
                .expectMessage(text("text"))
                .expectMessage(binary(bytes("bytes")));
    }

    @Test
    @Requirement("wire.frames.reserved-bits")
    final void aReservedBitIsRefused() {
        failing(Frame.text("reserved").withRsv(Frame.RSV1));
    }

    @Test
    @Requirement("wire.frames.reserved-bits")
    final void anotherReservedBitIsRefused() {
        failing(Frame.text("reserved").withRsv(Frame.RSV3));
    }

    @Test
    @Requirement("wire.frames.reserved-opcodes")
    final void aReservedOpcodeIsRefused() {
        failing(Frame.text("reserved").withOpcode(3));
    }

    @Test
    @Requirement("wire.frames.reserved-opcodes")
    final void aReservedControlOpcodeIsRefused() {
        failing(Frame.ping(Octets.EMPTY).withOpcode(11));
    }

    @Test
    @Requirement("wire.frames.length")
    final void aLengthWithItsHighestBitIsRefused() {
        failing(Frame.text("").withLengthForm(Frame.LengthForm.SIXTY_FOUR_BITS).announcing(Long.MIN_VALUE + 5));
    }

    @Test
    @Requirement("wire.frames.control-fragmented")
    final void aFragmentedPingIsRefused() {
        failing(Frame.ping(Octets.utf8("part")).withoutFin());
    }

    @Test
    @Requirement("wire.frames.control-long")
    final void aLongPingIsRefused() {
        failing(Frame.ping(Octets.filled('x', 126)));
    }

    @Test
    @Requirement("wire.frames.fragments")
    final void aContinuationOfNothingIsRefused() {
        failing(Frame.continuation(Octets.utf8("stray")));
    }

    @Test
    @Requirement("wire.frames.fragments")
    final void aMessageWithinAMessageIsRefused() {
        failing(Frame.text("begun").withoutFin(), Frame.text("another"));
    }

    @Test
    @Requirement("wire.frames.control-between")
    final void controlFramesMayComeBetweenFragments() {
        scenario(ONE_ANSWER)
                .openWebSocket()
                .sendFrames(
                        Frame.text("one ").withoutFin(),
                        Frame.pong(Octets.EMPTY),
                        Frame.ping(Octets.utf8("between")),
                        Frame.continuation(Octets.utf8("two")))
                .expectNext(pong("between"))
                .expectMessage(text("sound"))
                .expectApp(message().with("text", "one two"));
    }

    @Test
    @Requirement("wire.frames.utf-8")
    final void textThatIsNotUtf8IsRefused() {
        failing(Frame.text(Octets.hex("c328")));
    }

    @Test
    @Requirement("wire.frames.utf-8")
    final void textThatEndsWithinACharacterIsRefused() {
        failing(Frame.text(Octets.hex("e282")).withoutFin(), Frame.continuation(Octets.utf8("a")));
    }

    @Test
    @Requirement("wire.frames.ping")
    final void aPingIsAnsweredByItsOctets() {
        scenario(ONE_ANSWER)
                .openWebSocket()
                .sendFrames(Frame.ping(Octets.utf8("are you there?")))
                .expectNext(pong("are you there?"));
    }

    @Test
    @Requirement("wire.frames.close")
    final void aCloseFrameIsAnsweredAndTheConnectionEnds() {
        scenario(ONE_ANSWER).openWebSocket().closeWebSocket(1000, "");
    }

    private static void withKey(ScenarioBuilder scenario, String line) {
        scenario.send(
                        "GET {path} HTTP/1.1",
                        "Host: {host}",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        line,
                        VERSION,
                        "")
                .expectResponse(clientError());
    }

    /** After one sound message, so that a server which fails all WebSockets does not do well. */
    private void failing(Frame... frames) {
        scenario(ONE_ANSWER)
                .openWebSocket()
                .sendText("hello")
                .expectMessage(text("sound"))
                .sendFrames(frames)
                .expectWebSocketClose(either(closeFrame(1002, 1003, 1007, 1009), connectionEnds()))
                .expectApp(exactly(1, message()));
    }

    private static EntryMatcher message() {
        return received("websocket.receive");
    }
}
