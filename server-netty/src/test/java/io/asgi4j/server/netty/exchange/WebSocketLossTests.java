package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TransportMode;
import io.asgi4j.server.netty.testing.OnEveryTransport;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.WebSocketClient;
import io.asgi4j.server.netty.testing.WebSocketTests;
import io.asgi4j.server.netty.websocket.ClientFrames;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketConnect;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketSend;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Clients that go without a word, which each transport tells in its own way. */
@OnEveryTransport
class WebSocketLossTests extends WebSocketTests {
    private static final WebSocketDisconnect ABNORMAL = new WebSocketDisconnect(1006, "");

    private final boolean seesClosuresUnread;

    WebSocketLossTests(Setup setup) {
        super(setup);
        seesClosuresUnread = setup.transport() != TransportMode.NIO && Epoll.isAvailable();
    }

    @Test
    void aClientThatGoesBeforeTheAnswerIsAnAbnormalDisconnect() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertEquals(new WebSocketConnect(), receive.receive());
            note("called");
            assertEquals(ABNORMAL, receive.receive());
            assertTrue(scope.connection().disconnected().isSet());
            assertThrows(ClientDisconnectedException.class, () -> send.send(new WebSocketAccept()));
            assertThrows(ClientDisconnectedException.class, () -> send.send(WebSocketSend.text("illegal, too")));
        });
        var client = client(server).ask();
        expectNote("called");
        client.wire().reset();
        server.assertReturns();
    }

    @Test
    void aClientThatEndsItsSideBeforeTheAnswerIsGone() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertEquals(new WebSocketConnect(), receive.receive());
            assertEquals(ABNORMAL, receive.receive());
        });
        client(server).ask().wire().finish().assertCloses();
        server.assertReturns();
    }

    @Test
    void aLostConnectionIs1006() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertEquals(ABNORMAL, receive.receive());
            assertTrue(scope.connection().disconnected().isSet());
        });
        open(server).wire().reset();
        server.assertReturns();
    }

    @Test
    void aConnectionThatEndsWithoutACloseFrameIs1006() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertEquals(ABNORMAL, receive.receive());
        });
        open(server).wire().finish().assertEnds();
        server.assertReturns();
    }

    @Test
    void messagesThatArrivedBeforeTheConnectionWasLostAreDeliveredFirst() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            scope.connection().disconnected().await();
            assertEquals(WebSocketReceive.text("one"), receive.receive());
            assertEquals(ABNORMAL, receive.receive());
        });
        open(server).text("one").ping("").expect("pong ").wire().reset();
        server.assertReturns();
    }

    @Test
    void aDisconnectIsSignalledThoughMessagesWaitUnreceived() throws Exception {
        assumeTrue(seesClosuresUnread, "NIO hears of the end of a connection by reading it");
        var options = options().with(ServerOptions.WS_QUEUE, 1);
        var server = serveWebSocket(options, (scope, receive, send) -> {
            accept(receive, send);
            scope.connection().disconnected().await();
            sendUntilGone(send);
            assertEquals(WebSocketReceive.text("one"), receive.receive());
            assertEquals(WebSocketReceive.text("two"), receive.receive());
            assertEquals(WebSocketReceive.text("three"), receive.receive());
            assertEquals(ABNORMAL, receive.receive());
        });
        var client = open(server);
        client.send(ClientFrames.join(ClientFrames.text("one"), ClientFrames.text("two"), ClientFrames.text("three")));
        client.wire().finish();
        server.assertReturns();
    }

    @Test
    void aSendThatIsBlockedEndsWhenTheClientIsGone() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            note(Thread.currentThread());
            while (true) {
                send.send(WebSocketSend.bytes(new byte[64 * 1024]));
            }
        });
        var client = new WebSocketClient(connectWithSmallWindow(server));
        client.open();
        awaitParked((Thread) nextNote());
        client.wire().reset();
        server.assertThrows(ClientDisconnectedException.class);
    }

    /** The first send after the signal may still succeed. */
    private static void sendUntilGone(Send send) throws IOException, InterruptedException {
        try {
            while (true) {
                send.send(WebSocketSend.text("nobody there"));
                Thread.yield();
            }
        } catch (ClientDisconnectedException gone) {
            return;
        }
    }
}
