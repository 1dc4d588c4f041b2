package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.Reply;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketClient;
import io.asgi4j.server.netty.testing.WebSocketTests;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.server.netty.websocket.ClientFrames;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketConnect;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketSend;
import io.asgi4j.spec.extension.HttpResponseEarlyHint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a WebSocket is opened, or not, over real connections. */
@UnderBothSchedulers
class WebSocketHandshakeTests extends WebSocketTests {
    private static final WebSocketDisconnect ABNORMAL = new WebSocketDisconnect(1006, "");

    WebSocketHandshakeTests(Setup setup) {
        super(setup);
    }

    @Test
    void theHandshakeWaitsForTheApplication() throws Exception {
        var decided = new CountDownLatch(1);
        var server = serveWebSocket((scope, receive, send) -> {
            await(decided);
            accept(receive, send);
        });
        var client = client(server).ask();
        client.wire().assertSilent();
        decided.countDown();
        client.opened();
    }

    @Test
    void theAnswerProvesThatTheServerReadTheKey() throws Exception {
        var answer = client(serveWebSocket((scope, receive, send) -> accept(receive, send)))
                .open();
        assertEquals("websocket", answer.field("upgrade"));
        assertEquals("Upgrade", answer.field("connection"));
        assertEquals(WebSocketClient.ACCEPT, answer.field("sec-websocket-accept"));
    }

    @Test
    void theHandshakeMayBeAcceptedWithoutAReceive() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            send.send(new WebSocketAccept());
            assertEquals(new WebSocketConnect(), receive.receive());
            assertEquals(WebSocketReceive.text("first"), receive.receive());
        });
        open(server).text("first");
        server.assertReturns();
    }

    @Test
    void messagesThatCameWithTheHandshakeAreDeliveredAfterTheAccept() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            echo(receive, send);
        });
        var client = client(server);
        client.send(ClientFrames.join(
                ClientFrames.utf8(WebSocketClient.request("/")), ClientFrames.text("one"), ClientFrames.text("two")));
        client.opened();
        client.expect("text one").expect("text two").text("three").expect("text three");
    }

    @Test
    void aPartOfAFrameThatCameEarlyIsContinuedAfterTheAccept() throws Exception {
        var asked = new CountDownLatch(1);
        var server = serveWebSocket((scope, receive, send) -> {
            await(asked);
            accept(receive, send);
            echo(receive, send);
        });
        var frame = ClientFrames.text("whole");
        var client = client(server);
        client.send(
                ClientFrames.join(ClientFrames.utf8(WebSocketClient.request("/")), new byte[] {frame[0], frame[1]}));
        asked.countDown();
        client.opened();
        client.send(Arrays.copyOfRange(frame, 2, frame.length)).expect("text whole");
    }

    @Test
    void aCloseFrameThatCameWithTheHandshakeIsAnswered() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertEquals(new WebSocketDisconnect(1001, "bye"), receive.receive());
        });
        var client = client(server);
        client.send(
                ClientFrames.join(ClientFrames.utf8(WebSocketClient.request("/")), ClientFrames.close(1001, "bye")));
        client.opened();
        client.expect("close 1001 ").wire().assertCloses();
        server.assertReturns();
    }

    @Test
    void theSecondReceiveBlocksUntilAnotherThreadAcceptsAndAMessageArrives() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertEquals(new WebSocketConnect(), receive.receive());
            var received = receiveElsewhere(receive);
            assertFalse(received.isDone());
            send.send(new WebSocketAccept());
            assertEquals(WebSocketReceive.text("early"), result(received));
        });
        client(server)
                .send(ClientFrames.join(ClientFrames.utf8(WebSocketClient.request("/")), ClientFrames.text("early")))
                .opened();
        server.assertReturns();
    }

    @Test
    void anAcceptSucceedsThoughTheClientClosesAtOnce() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertEquals(WebSocketReceive.text("and away"), receive.receive());
            assertEquals(new WebSocketDisconnect(1000, ""), receive.receive());
        });
        // Often, because only some timings would let the close overtake the accept.
        for (var i = 0; i < 50; i++) {
            client(server)
                    .send(ClientFrames.join(
                            ClientFrames.utf8(WebSocketClient.request("/")),
                            ClientFrames.text("and away"),
                            ClientFrames.close(1000, "")))
                    .opened();
            server.assertReturns();
        }
    }

    @Test
    void theFieldsOfTheAcceptArriveInTheirOrder() throws Exception {
        var fields = Headers.of("x-b", "1", "x-a", "2", "set-cookie", "a=1", "x-b", "caf\u00e9", "set-cookie", "b=2");
        var server = serveWebSocket((scope, receive, send) -> send.send(new WebSocketAccept(null, fields)));
        var own = new ArrayList<Header>();
        client(server).open().head().forEach(own::add);
        own.removeIf(field -> !field.name().startsWith("x-") && !field.name().equals("set-cookie"));
        assertEquals(fields, Headers.of(own));
    }

    @Test
    void fieldsOfTheHandshakeItselfAreIgnoredInTheAccept() throws Exception {
        var fields = Headers.of(
                "connection", "close",
                "upgrade", "other",
                "sec-websocket-accept", "other",
                "sec-websocket-extensions", "other",
                "content-length", "5",
                "transfer-encoding", "chunked");
        var server = serveWebSocket((scope, receive, send) -> send.send(new WebSocketAccept(null, fields)));
        var answer = client(server).open();
        assertEquals("websocket", answer.field("upgrade"));
        assertEquals("Upgrade", answer.field("connection"));
        assertEquals(WebSocketClient.ACCEPT, answer.field("sec-websocket-accept"));
        for (var absent : List.of("sec-websocket-extensions", "content-length", "transfer-encoding")) {
            assertFalse(answer.has(absent), absent);
        }
    }

    @Test
    void theSubprotocolOfTheAcceptIsSent() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> send.send(new WebSocketAccept("b", Headers.empty())));
        assertEquals("b", client(server).open("Sec-WebSocket-Protocol: a, b").field("sec-websocket-protocol"));
    }

    @Test
    void noSubprotocolIsSentIfTheApplicationChoosesNone() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> send.send(new WebSocketAccept()));
        assertFalse(client(server).open("Sec-WebSocket-Protocol: a, b").has("sec-websocket-protocol"));
    }

    @Test
    void aSubprotocolThatTheClientDidNotOfferIsRefusedWithoutEffect() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertThrows(IllegalEventException.class, () -> send.send(new WebSocketAccept("c", Headers.empty())));
            send.send(new WebSocketAccept("a", Headers.empty()));
        });
        assertEquals("a", client(server).open("Sec-WebSocket-Protocol: a, b").field("sec-websocket-protocol"));
        server.assertReturns();
    }

    // ---- denied and unanswered

    @Test
    void aCloseBeforeTheAcceptIsAnsweredWith403() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> send.send(new WebSocketClose(4000, "secret")));
        var client = client(server).ask();
        var answer = client.wire().read();
        assertEquals(403, answer.status());
        assertFalse((answer.head() + answer.body()).contains("secret"));
        client.wire().assertCloses();
    }

    @Test
    void aDeniedApplicationReceivesDisconnect1006() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertEquals(new WebSocketConnect(), receive.receive());
            send.send(new WebSocketClose());
            assertEquals(ABNORMAL, receive.receive());
            assertEquals(ABNORMAL, receive.receive());
        });
        client(server).ask().wire().read();
        server.assertReturns();
    }

    @Test
    void messagesThatCameEarlyAreDroppedIfTheHandshakeIsDenied() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertEquals(new WebSocketConnect(), receive.receive());
            send.send(new WebSocketClose());
            assertEquals(ABNORMAL, receive.receive());
        });
        var client = client(server);
        client.send(ClientFrames.join(ClientFrames.utf8(WebSocketClient.request("/")), ClientFrames.text("early")));
        assertEquals(403, client.wire().read().status());
        server.assertReturns();
    }

    @Test
    void anApplicationThatReturnsBeforeItAnsweredGets500AndALine() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var client = client(serveWebSocket((scope, receive, send) -> receive.receive()))
                    .ask();
            assertEquals(500, client.wire().read().status());
            client.wire().assertCloses();
            assertTrue(log.nextLine().startsWith("ERROR ASGI application returned before it answered"));
        }
    }

    @Test
    void anApplicationThatThrowsBeforeItAnsweredGets500AndNoDetailsLeak() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var client = client(serveWebSocket((scope, receive, send) -> {
                throw new IllegalStateException("secret");
            }));
            var answer = client.ask().wire().read();
            assertEquals(500, answer.status());
            assertEquals("close", answer.field("connection"));
            assertFalse((answer.head() + answer.body()).contains("secret"));
            client.wire().assertCloses();
            assertTrue(log.nextLine().startsWith("ERROR Exception in ASGI application"));
        }
    }

    @Test
    void aReceiveOfAnotherThreadEndsWhenTheCallEndsWithoutAnAnswer() throws Exception {
        var received = new CompletableFuture<CompletableFuture<InboundEvent>>();
        var server = serveWebSocket((scope, receive, send) -> {
            receive.receive();
            received.complete(receiveElsewhere(receive));
        });
        client(server).ask();
        assertEquals(ABNORMAL, result(result(received)));
    }

    // ---- a client that goes

    @Test
    void anApplicationThatEndsWithItsClientLogsNoError() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var server = serveWebSocket((scope, receive, send) -> {
                disconnect(receive);
                send.send(new WebSocketAccept());
            });
            client(server).ask().wire().reset();
            server.assertThrows(ClientDisconnectedException.class);
            server.drain(WireClient.PATIENCE);
            assertEquals(List.of(), log.all());
        }
    }

    // ---- events that are not legal

    @Test
    void aMessageBeforeTheAcceptIsRefusedWithoutEffect() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            var refusal = assertThrows(IllegalEventException.class, () -> send.send(WebSocketSend.text("too early")));
            assertTrue(refusal.getMessage().contains("before the handshake was answered"), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("websocket.send"), refusal.getMessage());
            accept(receive, send);
        });
        var client = open(server);
        client.expect("close 1000 ");
        server.assertReturns();
    }

    @Test
    void aSecondAcceptIsRefusedWithoutEffect() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertThrows(IllegalEventException.class, () -> send.send(new WebSocketAccept()));
            echo(receive, send);
        });
        open(server).text("still open").expect("text still open");
    }

    @Test
    void eventsOfOtherProtocolsAreRefusedWithoutEffect() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertThrows(IllegalEventException.class, () -> send.send(new HttpResponseStart(200)));
            assertThrows(IllegalEventException.class, () -> send.send(new LifespanStartupComplete()));
            assertThrows(
                    IllegalEventException.class,
                    () -> send.send(new HttpResponseEarlyHint(List.of("</style.css>; rel=preload"))));
            accept(receive, send);
        });
        open(server);
        server.assertReturns();
    }

    @Test
    @SuppressWarnings("DataFlowIssue")
    void sendingNullIsANullPointerException() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertThrows(NullPointerException.class, () -> send.send(null));
            accept(receive, send);
        });
        open(server);
        server.assertReturns();
    }

    // ---- handshakes that never reach the application

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
            })
    void anotherVersionIsAnsweredWith426(String fields) throws Exception {
        var server = serveWebSocket((scope, receive, send) -> accept(receive, send));
        var answer = refused(server, "GET / HTTP/1.1", fields, 426);
        assertEquals("13", answer.field("sec-websocket-version"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2hvcnQ=",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nContent-Length: 1",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Transfer-Encoding: chunked"
            })
    void anInvalidHandshakeIsAnsweredWith400(String fields) throws Exception {
        refused(serveWebSocket((scope, receive, send) -> accept(receive, send)), "GET / HTTP/1.1", fields, 400);
    }

    @Test
    void aHandshakeThatIsNoGetIsAnsweredWith405() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> accept(receive, send));
        refused(
                server,
                "POST / HTTP/1.1",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                405);
    }

    @Test
    void aMalformedPathIsAnsweredWith400() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> accept(receive, send));
        refused(
                server,
                "GET /%zz HTTP/1.1",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                400);
    }

    private Reply refused(TestServer server, String line, String fields, int status) throws IOException {
        var wire = connect(server);
        wire.send(line + "\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + fields + "\r\n\r\n");
        var answer = wire.read();
        assertEquals(status, answer.status());
        wire.assertEnds();
        assertEquals(0, server.calls().intValue());
        return answer;
    }
}
