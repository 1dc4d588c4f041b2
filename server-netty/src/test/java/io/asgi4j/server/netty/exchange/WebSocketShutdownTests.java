package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketClient;
import io.asgi4j.server.netty.testing.WebSocketTests;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketConnect;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketSend;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What a graceful stop of the server means for its WebSockets. */
@UnderBothSchedulers
class WebSocketShutdownTests extends WebSocketTests {
    WebSocketShutdownTests(Setup setup) {
        super(setup);
    }

    /** Begins a graceful stop; completes when it is over. */
    private static CompletableFuture<Void> stop(TestServer server, Duration grace) {
        var stopped = new CompletableFuture<Void>();
        var unused = Thread.ofPlatform().start(() -> {
            try {
                server.stopAccepting();
                server.drain(grace);
                stopped.complete(null);
            } catch (InterruptedException failure) {
                stopped.completeExceptionally(failure);
            }
        });
        return stopped;
    }

    @Test
    void anOpenWebSocketIsClosedWith1012AndTheApplicationHearsIt() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertFalse(scope.connection().draining().isSet());
            note("not draining yet");
            assertEquals(new WebSocketDisconnect(1012, ""), receive.receive());
            assertTrue(scope.connection().draining().isSet());
            assertTrue(scope.connection().disconnected().isSet());
            assertThrows(ClientDisconnectedException.class, () -> send.send(WebSocketSend.text("too late")));
        });
        var client = open(server);
        expectNote("not draining yet");
        var stopped = stop(server, WireClient.PATIENCE);
        client.expect("close 1012 ").endAfter(1012);
        server.assertReturns();
        result(stopped);
    }

    @Test
    void messagesThatArrivedBeforeTheStopAreDeliveredFirst() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            scope.connection().disconnected().await();
            assertEquals(WebSocketReceive.text("one"), receive.receive());
            assertEquals(new WebSocketDisconnect(1012, ""), receive.receive());
        });
        var client = open(server).text("one").ping("").expect("pong ");
        var stopped = stop(server, WireClient.PATIENCE);
        client.expect("close 1012 ").endAfter(1012);
        server.assertReturns();
        result(stopped);
    }

    @Test
    void aWebSocketThatIsAcceptedDuringTheStopIsClosedWith1012() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertEquals(new WebSocketConnect(), receive.receive());
            note("called");
            scope.connection().draining().await();
            send.send(new WebSocketAccept());
            assertEquals(new WebSocketDisconnect(1012, ""), receive.receive());
        });
        var client = client(server).ask();
        expectNote("called");
        var stopped = stop(server, WireClient.PATIENCE);
        client.opened();
        client.expect("close 1012 ").endAfter(1012);
        server.assertReturns();
        result(stopped);
    }

    @Test
    void aHandshakeMayBeDeniedDuringTheStop() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            note("called");
            scope.connection().draining().await();
            send.send(new WebSocketClose());
        });
        var client = client(server).ask();
        expectNote("called");
        var stopped = stop(server, WireClient.PATIENCE);
        assertEquals(403, client.wire().read().status());
        client.wire().assertCloses();
        result(stopped);
    }

    @Test
    void theStopWaitsForACallThatGoesOnAfterItsWebSocket() throws Exception {
        var finish = new CountDownLatch(1);
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            disconnect(receive);
            await(finish);
        });
        var client = open(server);
        var stopped = stop(server, WireClient.PATIENCE);
        client.expect("close 1012 ").endAfter(1012);
        assertThrows(TimeoutException.class, () -> stopped.get(200, TimeUnit.MILLISECONDS));
        finish.countDown();
        result(stopped);
        server.assertReturns();
    }

    @Test
    void aCallThatIgnoresTheStopIsInterruptedWhenTheGracePeriodIsOver() throws Exception {
        try (var log = CapturedLog.of("asgi4j.error")) {
            var server = serveWebSocket((scope, receive, send) -> {
                accept(receive, send);
                new CountDownLatch(1).await();
            });
            var client = open(server);
            var stopped = stop(server, Duration.ofMillis(100));
            client.expect("close 1012 ");
            server.assertThrows(InterruptedException.class);
            result(stopped);
            assertTrue(log.nextLine().startsWith("WARN"));
        }
    }

    @Test
    void aCallThatIsBlockedInSendIsEndedByTheStop() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            note(Thread.currentThread());
            while (true) {
                send.send(WebSocketSend.bytes(new byte[64 * 1024]));
            }
        });
        new WebSocketClient(connectWithSmallWindow(server)).open();
        awaitParked((Thread) nextNote());
        var stopped = stop(server, Duration.ofMillis(100));
        server.assertThrows(ClientDisconnectedException.class);
        result(stopped);
    }

    @Test
    void aClientThatDoesNotAnswerTheCloseFrameIsCutWhenTheGracePeriodIsOver() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            disconnect(receive);
        });
        var client = open(server);
        var stopped = stop(server, Duration.ofMillis(100));
        client.expect("close 1012 ").wire().assertEnds();
        result(stopped);
    }
}
