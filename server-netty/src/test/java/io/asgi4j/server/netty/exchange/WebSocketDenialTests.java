package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.Reply;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketApplication;
import io.asgi4j.server.netty.testing.WebSocketClient;
import io.asgi4j.server.netty.testing.WebSocketTests;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketSend;
import io.asgi4j.spec.extension.DenialResponse;
import io.asgi4j.spec.extension.WebSocketHttpResponseBody;
import io.asgi4j.spec.extension.WebSocketHttpResponseStart;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The extension {@code websocket.http.response}: a handshake that is answered by a response of the application's. */
@UnderBothSchedulers
class WebSocketDenialTests extends WebSocketTests {
    private static final WebSocketDisconnect ABNORMAL = new WebSocketDisconnect(1006, "");

    WebSocketDenialTests(Setup setup) {
        super(setup);
    }

    private Reply denied(WebSocketApplication application) throws Exception {
        var client = client(serveWebSocket(application)).ask();
        var answer = client.wire().read();
        client.wire().assertEnds();
        return answer;
    }

    private static void refused(Send send, OutboundEvent event) {
        assertThrows(IllegalEventException.class, () -> send.send(event));
    }

    @Test
    void theExtensionIsOffered() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertTrue(scope.extensions().has(DenialResponse.class));
            accept(receive, send);
        });
        open(server);
        server.assertReturns();
    }

    @Test
    void aWholeResponseAnswersTheHandshake() throws Exception {
        var answer = denied((scope, receive, send) -> {
            send.send(new WebSocketHttpResponseStart(401, Headers.of("content-length", "5", "x-why", "no ticket")));
            send.send(WebSocketHttpResponseBody.last("later"));
        });
        assertEquals(401, answer.status());
        assertEquals("no ticket", answer.field("x-why"));
        assertEquals("later", answer.body());
        assertEquals("close", answer.field("connection"));
        assertFalse(answer.has("upgrade"));
        assertTrue(answer.has("date"));
    }

    @Test
    void aResponseWithoutALengthIsStreamedInChunks() throws Exception {
        var read = new CountDownLatch(1);
        var server = serveWebSocket((scope, receive, send) -> {
            send.send(new WebSocketHttpResponseStart(404));
            send.send(WebSocketHttpResponseBody.more("one,"));
            await(read);
            send.send(WebSocketHttpResponseBody.more("two,"));
            send.send(WebSocketHttpResponseBody.last("three"));
        });
        var client = client(server).ask();
        // The status line arrives before the body is complete.
        assertEquals('H', client.wire().readByte());
        read.countDown();
        assertTrue(client.wire().readRest().endsWith("\r\n\r\n4\r\none,\r\n4\r\ntwo,\r\n5\r\nthree\r\n0\r\n\r\n"));
        server.assertReturns();
    }

    @Test
    void theApplicationReceivesDisconnect1006() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            receive.receive();
            send.send(new WebSocketHttpResponseStart(404));
            send.send(WebSocketHttpResponseBody.end());
            assertEquals(ABNORMAL, receive.receive());
            assertTrue(scope.connection().disconnected().isSet());
        });
        assertEquals(404, client(server).ask().wire().read().status());
        server.assertReturns();
    }

    @Test
    void aBodyBeforeTheStartIsRefused() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            refused(send, WebSocketHttpResponseBody.last("no head"));
            accept(receive, send);
        });
        open(server);
        server.assertReturns();
    }

    @Test
    void nothingButTheBodyMayFollowTheStart() throws Exception {
        var answer = denied((scope, receive, send) -> {
            send.send(new WebSocketHttpResponseStart(404));
            refused(send, new WebSocketHttpResponseStart(500));
            refused(send, new WebSocketAccept());
            refused(send, WebSocketSend.text("illegal"));
            refused(send, new WebSocketClose());
            send.send(WebSocketHttpResponseBody.last("the body"));
        });
        assertEquals(404, answer.status());
        assertEquals("the body", answer.body());
    }

    @Test
    void nothingMayFollowTheWholeResponse() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            send.send(new WebSocketHttpResponseStart(404));
            send.send(WebSocketHttpResponseBody.end());
            refused(send, WebSocketHttpResponseBody.end());
            refused(send, new WebSocketHttpResponseStart(404));
            refused(send, new WebSocketClose());
        });
        client(server).ask().wire().read();
        server.assertReturns();
    }

    @Test
    void aStartAfterTheAcceptIsRefused() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            refused(send, new WebSocketHttpResponseStart(404));
            echo(receive, send);
        });
        open(server).text("still open").expect("text still open");
    }

    @Test
    void aStatusBelow300IsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new WebSocketHttpResponseStart(200));
    }

    @Test
    void aBodyLongerThanItsLengthIsRefusedWithoutEffect() throws Exception {
        var answer = denied((scope, receive, send) -> {
            send.send(new WebSocketHttpResponseStart(404, Headers.of("content-length", "3")));
            refused(send, WebSocketHttpResponseBody.last("four"));
            send.send(WebSocketHttpResponseBody.last("abc"));
        });
        assertEquals("abc", answer.body());
        assertTrue(answer.complete());
    }

    @Test
    void aBodyShorterThanItsLengthIsVisiblyTruncated() throws Exception {
        var answer = denied((scope, receive, send) -> {
            send.send(new WebSocketHttpResponseStart(404, Headers.of("content-length", "3")));
            send.send(WebSocketHttpResponseBody.last("ab"));
        });
        assertFalse(answer.complete());
    }

    @Test
    void anApplicationThatReturnsWithinTheResponseTruncatesItAndGetsALine() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var answer = denied((scope, receive, send) -> {
                send.send(new WebSocketHttpResponseStart(404));
                send.send(WebSocketHttpResponseBody.more("begun"));
            });
            assertFalse(answer.complete());
            assertTrue(log.nextLine().startsWith("ERROR ASGI application returned"));
        }
    }

    @Test
    void anApplicationThatThrowsWithinTheResponseTruncatesItAndIsLogged() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var answer = denied((scope, receive, send) -> {
                send.send(new WebSocketHttpResponseStart(404));
                send.send(WebSocketHttpResponseBody.more("begun"));
                throw new IllegalStateException("secret");
            });
            assertFalse(answer.complete());
            assertFalse(answer.body().contains("secret"));
            assertTrue(log.nextLine().startsWith("ERROR Exception in ASGI application"));
        }
    }

    @Test
    void anExceptionAfterTheWholeResponseChangesNothing() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var answer = denied((scope, receive, send) -> {
                send.send(new WebSocketHttpResponseStart(404));
                send.send(WebSocketHttpResponseBody.last("all of it"));
                throw new IllegalStateException("too late");
            });
            assertEquals("all of it", answer.body());
            assertTrue(answer.complete());
            assertTrue(log.nextLine().startsWith("ERROR Exception in ASGI application"));
        }
    }

    @Test
    void aResponseToAClientThatDoesNotReadBlocksUntilItIsGone() throws Exception {
        var part = new byte[64 * 1024];
        var server = serveWebSocket((scope, receive, send) -> {
            send.send(new WebSocketHttpResponseStart(404));
            note(Thread.currentThread());
            while (true) {
                send.send(WebSocketHttpResponseBody.more(part));
            }
        });
        var wire = connectWithSmallWindow(server);
        wire.send(WebSocketClient.request("/"));
        awaitParked((Thread) nextNote());
        wire.reset();
        server.assertThrows(ClientDisconnectedException.class);
    }

    @Test
    void aClientThatLeavesWithinTheResponseIsNoError() throws IOException, InterruptedException {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var server = serveWebSocket((scope, receive, send) -> {
                receive.receive();
                send.send(new WebSocketHttpResponseStart(404));
                send.send(WebSocketHttpResponseBody.more("begun"));
                assertEquals(ABNORMAL, receive.receive());
            });
            var client = client(server).ask();
            assertTrue(client.wire().readUntil("begun"));
            client.wire().reset();
            server.assertReturns();
            server.drain(WireClient.PATIENCE);
            assertEquals(List.of(), log.all());
        }
    }
}
