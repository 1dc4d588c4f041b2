package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketTests;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.server.netty.websocket.ClientFrames;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.WebSocketSend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a WebSocket ends, what goes over the wire then and what the application hears. */
@UnderBothSchedulers
class WebSocketCloseTests extends WebSocketTests {
    WebSocketCloseTests(Setup setup) {
        super(setup);
    }

    private static void assertDisconnects(Receive receive, int code, String reason) throws InterruptedException {
        assertEquals(new WebSocketDisconnect(code, reason), receive.receive());
    }

    // ---- the client closes

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1007, 1014, 3000, 4999})
    void theClientsCodeIsDeliveredWithItsReasonAndSentBack(int code) throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertDisconnects(receive, code, "auf Wiederh\u00f6ren");
            assertTrue(scope.connection().disconnected().isSet());
        });
        var client = open(server).close(code, "auf Wiederh\u00f6ren");
        client.expect("close " + code + " ").wire().assertCloses();
        server.assertReturns();
    }

    @Test
    void aCloseFrameWithoutCodeIs1005AndAnsweredWithoutCode() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertDisconnects(receive, 1005, "");
        });
        open(server).closeWithoutCode().expect("close").wire().assertCloses();
        server.assertReturns();
    }

    @Test
    void whatFollowsTheClientsCloseFrameIsIgnored() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertDisconnects(receive, 1000, "");
        });
        var client = open(server);
        client.send(ClientFrames.join(ClientFrames.close(1000, ""), ClientFrames.text("late"), ClientFrames.close()));
        client.expect("close 1000 ").wire().assertCloses();
        server.assertReturns();
    }

    @Test
    void messagesThatArrivedBeforeTheCloseFrameAreDeliveredFirst() throws Exception {
        var closed = new CountDownLatch(1);
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            await(closed);
            assertEquals(WebSocketReceive.text("one"), receive.receive());
            assertEquals(WebSocketReceive.text("two"), receive.receive());
            assertDisconnects(receive, 1000, "done");
        });
        open(server).text("one").text("two").close(1000, "done").expect("close 1000 ");
        closed.countDown();
        server.assertReturns();
    }

    @Test
    void theDisconnectIsRepeated() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertDisconnects(receive, 4001, "why");
            assertDisconnects(receive, 4001, "why");
        });
        open(server).close(4001, "why");
        server.assertReturns();
    }

    @Test
    void everySendAfterTheDisconnectThrows() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            disconnect(receive);
            assertThrows(ClientDisconnectedException.class, () -> send.send(WebSocketSend.text("too late")));
            assertThrows(ClientDisconnectedException.class, () -> send.send(new WebSocketClose()));
            assertThrows(ClientDisconnectedException.class, () -> send.send(new WebSocketAccept()));
        });
        // Often, because only some timings would let one through.
        for (var i = 0; i < 50; i++) {
            open(server).closeWithoutCode().expect("close");
            server.assertReturns();
        }
    }

    @Test
    void anApplicationThatEndsWithItsClientLogsNoError() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var server = serveWebSocket((scope, receive, send) -> {
                accept(receive, send);
                disconnect(receive);
                try {
                    send.send(WebSocketSend.text("too late"));
                } catch (ClientDisconnectedException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
            open(server).close(1001, "").expect("close 1001 ");
            server.assertThrows(UncheckedIOException.class);
            server.drain(WireClient.PATIENCE);
            assertEquals(List.of(), log.all());
        }
    }

    // ---- the application closes

    @Test
    void theApplicationsCodeAndReasonAreSent() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            send.send(new WebSocketClose(4000, "enough"));
        });
        open(server).expect("close 4000 enough").endAfter(4000);
        server.assertReturns();
    }

    @Test
    void theApplicationsCodeIs1000UnlessItGivesAnother() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            send.send(new WebSocketClose());
            assertDisconnects(receive, 1000, "");
        });
        open(server).expect("close 1000 ").endAfter(1000);
        server.assertReturns();
    }

    @Test
    void theApplicationHearsItsOwnCloseAtOnceAndAgain() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            send.send(new WebSocketClose(4000, "enough"));
            assertTrue(scope.connection().disconnected().isSet());
            assertDisconnects(receive, 4000, "enough");
            assertDisconnects(receive, 4000, "enough");
        });
        // The client never answers the Close frame.
        open(server).expect("close 4000 enough");
        server.assertReturns();
    }

    @Test
    void aReceiveThatIsBlockedHearsTheApplicationsOwnClose() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            var received = receiveElsewhere(receive);
            send.send(new WebSocketClose(4000, "enough"));
            assertEquals(new WebSocketDisconnect(4000, "enough"), result(received));
        });
        open(server);
        server.assertReturns();
    }

    @Test
    void theApplicationsOwnCloseDropsMessagesThatWereNotDelivered() throws Exception {
        var arrived = new CountDownLatch(1);
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            await(arrived);
            send.send(new WebSocketClose());
            assertDisconnects(receive, 1000, "");
            assertDisconnects(receive, 1000, "");
        });
        var client = open(server).text("one").text("two").ping("").expect("pong ");
        arrived.countDown();
        client.expect("close 1000 ").text("three");
        server.assertReturns();
    }

    @Test
    void messagesThatCrossTheApplicationsOwnCloseAreDropped() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            receive.receive();
            send.send(new WebSocketClose());
            for (var i = 0; i < 100; i++) {
                assertDisconnects(receive, 1000, "");
            }
        });
        for (var i = 0; i < 50; i++) {
            open(server).text("go").text("one").text("two").text("three").expect("close 1000 ");
            server.assertReturns();
        }
    }

    @Test
    void afterItsOwnCloseNothingIsLegalWhileTheClientIsThere() throws Exception {
        var seen = new CountDownLatch(1);
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            send.send(new WebSocketClose());
            assertThrows(IllegalEventException.class, () -> send.send(new WebSocketClose()));
            await(seen);
            assertThrows(IllegalEventException.class, () -> send.send(WebSocketSend.text("too late")));
            assertThrows(IllegalEventException.class, () -> send.send(new WebSocketClose()));
        });
        var client = open(server).expect("close 1000 ");
        seen.countDown();
        server.assertReturns();
        client.endAfter(1000);
    }

    @Test
    void afterItsOwnCloseTheClientIsGoneOnceItsConnectionIs() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            send.send(new WebSocketClose());
            while (true) {
                try {
                    send.send(WebSocketSend.text("too late"));
                } catch (IllegalEventException stillThere) {
                    Thread.yield();
                }
            }
        });
        open(server).expect("close 1000 ").endAfter(1000);
        server.assertThrows(ClientDisconnectedException.class);
    }

    @Test
    void onlyOneCloseFrameIsSentIfBothSidesClose() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            receive.receive();
            send.send(new WebSocketClose(4000, "crossing"));
        });
        var client = open(server);
        client.send(ClientFrames.join(ClientFrames.text("go"), ClientFrames.close(4001, "")));
        client.expect("close 4001 ").wire().assertCloses();
    }

    @Test
    void aClientThatNeverAnswersTheCloseFrameIsCut() throws Exception {
        var options = options().withText(ServerOptions.WS_CLOSE_TIMEOUT, "200ms");
        var client = open(serveWebSocket(options, WebSocketCloseTests::accept));
        client.expect("close 1000 ").wire().assertCloses();
    }

    @Test
    void aClientThatSendsOnAfterTheEndIsCut() throws Exception {
        var options = options().with(ServerOptions.LINGERING_SIZE, 64 * 1024);
        var client = open(serveWebSocket(options, WebSocketCloseTests::accept));
        client.expect("close 1000 ").close(1000, "").wire().assertCloses();
        assertThrows(IOException.class, () -> {
            while (true) {
                client.binary(new byte[64 * 1024]);
            }
        });
    }

    private static void accept(WebSocketScope scope, Receive receive, Send send) throws Exception {
        accept(receive, send);
    }

    // ---- the application's call ends

    @Test
    void anApplicationThatReturnsCloses1000() throws Exception {
        open(serveWebSocket(WebSocketCloseTests::accept)).expect("close 1000 ").endAfter(1000);
    }

    @Test
    void anApplicationThatThrowsCloses1011AndIsLoggedWithoutTellingTheClient() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var server = serveWebSocket((scope, receive, send) -> {
                accept(receive, send);
                throw new IllegalStateException("secret");
            });
            open(server).expect("close 1011 ").endAfter(1011);
            assertTrue(log.nextLine().startsWith("ERROR Exception in ASGI application"));
        }
    }

    @Test
    void theServerServesOnAfterAnError() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var server = serveWebSocket((scope, receive, send) -> {
                accept(receive, send);
                throw new StackOverflowError();
            });
            open(server).expect("close 1011 ");
            open(server).expect("close 1011 ");
            assertTrue(log.nextLine().startsWith("ERROR"));
        }
    }

    @Test
    void anExceptionAfterTheApplicationsOwnCloseIsLoggedAndChangesNothing() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var server = serveWebSocket((scope, receive, send) -> {
                accept(receive, send);
                send.send(new WebSocketClose(4000, "mine"));
                throw new IllegalStateException("too late");
            });
            open(server).expect("close 4000 mine").endAfter(4000);
            assertTrue(log.nextLine().startsWith("ERROR Exception in ASGI application"));
        }
    }

    @Test
    void aThreadThatOutlivesTheCallHearsTheDisconnect() throws Exception {
        var received = new CompletableFuture<CompletableFuture<InboundEvent>>();
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            received.complete(receiveElsewhere(receive));
        });
        open(server);
        assertEquals(new WebSocketDisconnect(1000, ""), result(result(received)));
    }

    @Test
    void aThreadThatOutlivesTheCallMaySendNothing() throws Exception {
        var sender = new CompletableFuture<Send>();
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            sender.complete(send);
        });
        var client = open(server).expect("close 1000 ");
        var send = result(sender);
        assertThrows(IllegalEventException.class, () -> send.send(WebSocketSend.text("too late")));
        client.endAfter(1000);
    }

    // ---- the server closes

    static Stream<Arguments> breaches() {
        return Stream.of(
                Arguments.of("unmasked", "8102 6869", 1002),
                Arguments.of("reserved bit", "9180 00000000", 1002),
                Arguments.of("reserved opcode", "8380 00000000", 1002),
                Arguments.of("stray continuation", "8080 00000000", 1002),
                Arguments.of("fragmented ping", "0980 00000000", 1002),
                Arguments.of("illegal close code", "8882 00000000 03ed", 1002),
                Arguments.of("text that is not UTF-8", "8181 00000000 ff", 1007),
                Arguments.of("close reason that is not UTF-8", "8883 00000000 03e8 ff", 1007));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void aBreachOfTheProtocolClosesAndTheApplicationHearsTheCode(String name, String frame, int code) throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertEquals(WebSocketReceive.text("before"), receive.receive());
            assertEquals(code, disconnect(receive).code());
            assertThrows(ClientDisconnectedException.class, () -> send.send(WebSocketSend.text("too late")));
        });
        var client = open(server).text("before").send(ClientFrames.hex(frame));
        assertTrue(client.frame().toString().startsWith("close " + code), name);
        client.wire().assertEnds();
        server.assertReturns();
    }

    @Test
    void aMessageThatBecameInvalidIsNotDeliveredInPart() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertEquals(1007, ((WebSocketDisconnect) receive.receive()).code());
        });
        var client = open(server).send(ClientFrames.frame(1, ClientFrames.utf8("valid so far ")));
        client.send(ClientFrames.frame(ClientFrames.FIN, new byte[] {(byte) 0xff}));
        assertTrue(client.frame().toString().startsWith("close 1007"));
        server.assertReturns();
    }

    @Test
    void aMessageThatIsTooLargeCloses1009AsSoonAsThatIsKnown() throws Exception {
        var options = options().with(ServerOptions.WS_MAX_MESSAGE_SIZE, 1000);
        var server = serveWebSocket(options, (scope, receive, send) -> {
            accept(receive, send);
            assertEquals(1009, ((WebSocketDisconnect) receive.receive()).code());
        });
        // The header promises what never comes.
        var client = open(server).send(ClientFrames.header(ClientFrames.FIN | 2, 1001, 0));
        assertTrue(client.frame().toString().startsWith("close 1009"));
        server.assertReturns();
    }

    @Test
    void fragmentsThatAreTooLargeTogetherClose1009() throws Exception {
        var options = options().with(ServerOptions.WS_MAX_MESSAGE_SIZE, 1000);
        var server = serveWebSocket(options, (scope, receive, send) -> {
            accept(receive, send);
            assertEquals(1009, ((WebSocketDisconnect) receive.receive()).code());
        });
        var client = open(server).fragments("x".repeat(600), "x".repeat(600));
        assertTrue(client.frame().toString().startsWith("close 1009"));
        server.assertReturns();
    }

    @Test
    void aMessageOfTheLargestSizeIsDelivered() throws Exception {
        var options = options().with(ServerOptions.WS_MAX_MESSAGE_SIZE, 1000);
        var server = serveWebSocket(options, (scope, receive, send) -> {
            accept(receive, send);
            echo(receive, send);
        });
        open(server).text("x".repeat(1000)).expect("text " + "x".repeat(1000));
    }
}
