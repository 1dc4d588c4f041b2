package io.asgi4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WebSocketClientTests {
    private static final WebSocketHandshake HANDSHAKE = WebSocketHandshake.to("/", "h");
    private static final Limits HASTY = Limits.DEFAULT.scaled(0.04);

    private interface Scene {
        void play(WebSocketClient webSocket) throws Exception;
    }

    /** Plays a scene against a server that answers the handshake and then follows the script. */
    private static void play(Limits limits, ScriptedServer.Script script, Scene scene) throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.readThrough("\r\n\r\n");
                    peer.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + HANDSHAKE.accept() + "\r\n\r\n");
                    script.run(peer);
                });
                var client = server.connect(limits)) {
            client.send(HANDSHAKE.request());
            assertEquals(List.of(), HANDSHAKE.check(client.readResponse()));
            scene.play(new WebSocketClient(client, null));
        }
    }

    private static Octets unmasked(Frame... frames) {
        return Octets.concat(
                Arrays.stream(frames).map(frame -> frame.withoutMask().encode()).toArray(Octets[]::new));
    }

    /** What a client notices about these frames, in which every mask is left as it is. */
    private static List<Anomaly.Kind> anomalies(Frame... frames) throws Exception {
        var kinds = new ArrayList<Anomaly.Kind>();
        play(
                Limits.DEFAULT,
                peer -> peer.write(
                        Octets.concat(Arrays.stream(frames).map(Frame::encode).toArray(Octets[]::new))),
                webSocket -> {
                    var next = webSocket.next();
                    for (var i = 0; i < frames.length && !(next instanceof Incoming.End); i++) {
                        next = webSocket.next();
                    }
                    webSocket.anomalies().forEach(anomaly -> kinds.add(anomaly.kind()));
                });
        return kinds;
    }

    @Test
    void messagesGoBothWays() throws Exception {
        play(
                Limits.DEFAULT,
                peer -> {
                    assertEquals(Frame.text("Hello").encode(), peer.read(11));
                    peer.write(unmasked(Frame.text("héllo"), Frame.binary(Octets.hex("00ff")), Frame.text("")));
                },
                webSocket -> {
                    assertTrue(webSocket.send(Frame.text("Hello")).isAll());
                    var text = assertInstanceOf(Incoming.Message.class, webSocket.next());
                    assertTrue(text.isText());
                    assertEquals("héllo", text.text());
                    var bytes = assertInstanceOf(Incoming.Message.class, webSocket.next());
                    assertEquals(Octets.hex("00ff"), bytes.payload());
                    assertEquals(
                            "",
                            assertInstanceOf(Incoming.Message.class, webSocket.next())
                                    .text());
                    assertEquals(new Incoming.End(Ending.ORDERLY, Octets.EMPTY), webSocket.next());
                    assertEquals(List.of(), webSocket.anomalies());
                });
    }

    @Test
    void fragmentsBecomeOneMessageAndControlFramesMayComeBetween() throws Exception {
        var fragments = Frame.text("Hello").withoutMask().fragmented(2);
        play(
                Limits.DEFAULT,
                peer -> peer.write(
                        unmasked(fragments.get(0), Frame.ping(Octets.latin1("p")), fragments.get(1), fragments.get(2))),
                webSocket -> {
                    assertEquals(new Incoming.Ping(Octets.latin1("p")), webSocket.next());
                    assertEquals(new Incoming.Message(true, Octets.latin1("Hello"), fragments), webSocket.next());
                    assertEquals(List.of(), webSocket.anomalies());
                });
    }

    @Test
    void pingsAreAnsweredOnlyOnRequest() throws Exception {
        var ping = Frame.ping(Octets.latin1("p"));
        play(
                Limits.DEFAULT,
                peer -> {
                    peer.write(unmasked(ping, Frame.text("1"), ping, Frame.pong(Octets.EMPTY), Frame.text("2")));
                    assertEquals(Frame.pong(Octets.latin1("p")).encode(), peer.readToEnd());
                },
                webSocket -> {
                    assertEquals(
                            "1",
                            assertInstanceOf(Incoming.Message.class, webSocket.message())
                                    .text());
                    assertEquals(
                            "2",
                            assertInstanceOf(
                                            Incoming.Message.class,
                                            webSocket.answeringPings().message())
                                    .text());
                });
    }

    @Test
    void theClientCanClose() throws Exception {
        play(
                Limits.DEFAULT,
                peer -> {
                    peer.write(unmasked(Frame.text("last words")));
                    assertEquals(Frame.close(1001, "bye").encode(), peer.read(11));
                    peer.write(unmasked(Frame.close(1001, "")));
                },
                webSocket -> {
                    var closing = webSocket.close(1001, "bye");
                    assertEquals(2, closing.seen().size());
                    assertEquals(new Incoming.Close(1001, Octets.EMPTY), closing.answer());
                    assertTrue(closing.afterwards().isOnlyTheEnd());
                });
    }

    @Test
    void theServerCanClose() throws Exception {
        play(
                Limits.DEFAULT,
                peer -> {
                    peer.write(unmasked(Frame.close(4000, "ça")));
                    assertEquals(Frame.close(4000, "").encode(), peer.read(8));
                },
                webSocket -> {
                    var closing = webSocket.awaitClose();
                    assertEquals(new Incoming.Close(4000, Octets.utf8("ça")), closing.answer());
                    assertEquals(Ending.ORDERLY, closing.afterwards().ending());
                });
        play(
                Limits.DEFAULT,
                peer -> {
                    peer.write(unmasked(Frame.close()));
                    assertEquals(Frame.close().encode(), peer.read(6));
                },
                webSocket -> assertEquals(
                        new Incoming.Close(Incoming.NO_CODE, Octets.EMPTY),
                        webSocket.awaitClose().answer()));
    }

    @Test
    void silenceAndAnUnfinishedFrameAreTold() throws Exception {
        var done = new CountDownLatch(1);
        play(
                HASTY,
                peer -> {
                    peer.write(Octets.hex("8105 4865"));
                    ScriptedServer.await(done);
                },
                webSocket -> {
                    assertEquals(new Incoming.Silence(Octets.hex("81054865")), webSocket.message());
                    assertInstanceOf(
                            Incoming.Silence.class, webSocket.close(1000, "").answer());
                    done.countDown();
                });
    }

    @Test
    void aResetIsTold() throws Exception {
        play(
                Limits.DEFAULT,
                ScriptedServer.Peer::reset,
                webSocket -> assertEquals(new Incoming.End(Ending.RESET, Octets.EMPTY), webSocket.next()));
    }

    @Test
    void aFloodOfPingsIsNotReadForLongerThanTheLimit() throws Exception {
        play(
                HASTY,
                peer -> {
                    try {
                        while (true) {
                            peer.write(unmasked(Frame.ping(Octets.EMPTY)));
                        }
                    } catch (SocketException gone) {
                        return;
                    }
                },
                webSocket -> assertInstanceOf(Incoming.Silence.class, webSocket.message()));
    }

    @Test
    void framesAndMessagesHaveALimit() throws Exception {
        var limits = new Limits(
                Limits.DEFAULT.within(), Limits.DEFAULT.quiet(), Limits.DEFAULT.transfer(), 1000, 1000, 3, 10);
        for (var bytes : List.of(
                unmasked(Frame.binary(Octets.EMPTY).announcing(1L << 40)),
                unmasked(Frame.binary(Octets.filled(0, 1500)).fragmented(600).toArray(Frame[]::new)),
                unmasked(Frame.binary(Octets.filled(0, 11)).fragmented(1).toArray(Frame[]::new)))) {
            play(limits, peer -> peer.write(bytes), webSocket -> {
                assertInstanceOf(Incoming.Unusable.class, webSocket.message());
                assertEquals(
                        Anomaly.Kind.TOO_LARGE, webSocket.anomalies().getFirst().kind());
            });
        }
    }

    @Test
    void illegalFramesAreNoticed() throws Exception {
        var hello = Frame.text("Hello").withoutMask();
        var start = hello.withoutFin();
        var ping = Frame.ping(Octets.EMPTY).withoutMask();
        var close = Frame.close(1000, "").withoutMask();
        assertEquals(List.of(), anomalies(hello, ping, close));
        assertEquals(List.of(Anomaly.Kind.MASKED_FRAME), anomalies(Frame.text("Hello")));
        assertEquals(List.of(Anomaly.Kind.RESERVED_BIT), anomalies(hello.withRsv(Frame.RSV1)));
        assertEquals(List.of(Anomaly.Kind.RESERVED_BIT), anomalies(ping.withRsv(Frame.RSV3)));
        assertEquals(List.of(Anomaly.Kind.RESERVED_OPCODE), anomalies(hello.withOpcode(3)));
        assertEquals(List.of(Anomaly.Kind.RESERVED_OPCODE), anomalies(hello.withOpcode(15)));
        assertEquals(
                List.of(Anomaly.Kind.MALFORMED_LENGTH), anomalies(hello.withLengthForm(Frame.LengthForm.SIXTEEN_BITS)));
        assertEquals(List.of(Anomaly.Kind.FRAGMENTED_CONTROL), anomalies(ping.withoutFin()));
        assertEquals(
                List.of(Anomaly.Kind.LONG_CONTROL),
                anomalies(Frame.ping(Octets.filled('x', 126)).withoutMask()));
        assertEquals(List.of(Anomaly.Kind.UNEXPECTED_CONTINUATION), anomalies(hello.withOpcode(Frame.CONTINUATION)));
        assertEquals(List.of(Anomaly.Kind.INTERRUPTED_MESSAGE), anomalies(start, hello));
        assertEquals(
                List.of(Anomaly.Kind.MALFORMED_UTF8),
                anomalies(Frame.text(Octets.hex("c3")).withoutMask()));
        assertEquals(
                List.of(Anomaly.Kind.MALFORMED_CLOSE),
                anomalies(Frame.of(Frame.CLOSE, Octets.hex("03")).withoutMask()));
        for (var code : List.of(0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000)) {
            assertEquals(
                    List.of(Anomaly.Kind.MALFORMED_CLOSE),
                    anomalies(Frame.close(code, "").withoutMask()));
        }
        assertEquals(
                List.of(Anomaly.Kind.MALFORMED_UTF8),
                anomalies(Frame.of(Frame.CLOSE, Octets.hex("03e8ff")).withoutMask()));
        assertEquals(List.of(Anomaly.Kind.FRAME_AFTER_CLOSE), anomalies(close, ping));
    }

    @Test
    void compressedMessagesAreInflated() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    try (var deflate = new PerMessageDeflate(false, false)) {
                        peer.write(unmasked(deflate.text("Hello"), deflate.text("Hello"), Frame.text("plain")));
                        peer.write(unmasked(Frame.text(Octets.hex("ffff")).withRsv(Frame.RSV1)));
                    }
                });
                var client = server.connect();
                var deflate = new PerMessageDeflate(false, false)) {
            var webSocket = new WebSocketClient(client, deflate);
            for (var expected : List.of("Hello", "Hello", "plain")) {
                assertEquals(
                        expected,
                        assertInstanceOf(Incoming.Message.class, webSocket.next())
                                .text());
            }
            assertEquals(List.of(), webSocket.anomalies());
            webSocket.next();
            assertEquals(
                    Anomaly.Kind.MALFORMED_DEFLATE,
                    webSocket.anomalies().getFirst().kind());
        }
    }

    @Test
    void framesAreDescribedInTheTranscript() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.read(11);
                    peer.write(unmasked(Frame.close(1000, "")));
                });
                var client = server.connect()) {
            var webSocket = new WebSocketClient(client, null);
            webSocket.send(Frame.text("Hello"));
            webSocket.next();
            var story = client.transcript().render();
            assertTrue(story.contains("c1 * sends text \"Hello\""), story);
            assertTrue(story.contains("c1 * got close 1000"), story);
        }
    }
}
