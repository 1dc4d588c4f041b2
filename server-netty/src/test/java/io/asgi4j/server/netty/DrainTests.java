package io.asgi4j.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TransportMode;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.HttpApplication;
import io.asgi4j.server.netty.testing.SharedSocket;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server's clients see before and while it stops, and where its socket comes from. */
@Timeout(60)
class DrainTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final CountDownLatch waiting = new CountDownLatch(1);

    /** A readiness check, whose first caller waits for it to fail. */
    private void ready(HttpScope scope, Receive receive, Send send) throws IOException, InterruptedException {
        var draining = scope.connection().draining();
        if (scope.path().equals("/wait")) {
            waiting.countDown();
            draining.await();
        }
        Answers.text(send, draining.isSet() ? "draining" : "ready");
    }

    private NettyServer.Builder serve() {
        HttpApplication application = this::ready;
        return NettyServer.builder(application).port(0);
    }

    @Test
    void aServerAcceptsConnectionsForAWhileAfterApplicationsSawThatItStops() throws Exception {
        var server =
                serve().option(ServerOptions.DRAIN_DELAY, Duration.ofHours(1)).start();
        try (var client = WireClient.connect(server.port())) {
            assertEquals("ready", client.send(GET).read().body());
            client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
            waiting.await();
            var closing = Thread.ofVirtual().start(server::close);
            assertEquals("draining", client.read().body());
            try (var late = WireClient.connect(server.port())) {
                var reply = late.send(GET).read();
                assertEquals("draining", reply.body());
                assertFalse(reply.has("connection"));
            }
            server.closeNow();
            closing.join();
        }
        assertThrows(
                ConnectException.class, () -> WireClient.connect(server.port()).close());
    }

    @Test
    void anIdleConnectionIsAnsweredOnceMoreAndThenClosed() throws Exception {
        var server = serve().option(ServerOptions.LATE_REQUEST_TIMEOUT, WireClient.PATIENCE)
                .start();
        try (var client = WireClient.connect(server.port());
                var other = WireClient.connect(server.port())) {
            assertEquals("ready", client.send(GET).read().body());
            other.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
            waiting.await();
            var closing = Thread.ofVirtual().start(server::close);
            assertEquals("draining", other.read().body());
            var reply = client.send(GET).read();
            assertEquals("draining", reply.body());
            assertEquals("close", reply.field("connection"));
            client.assertCloses();
            client.close();
            other.close();
            closing.join();
        }
    }

    @Test
    void twoServersMayShareAPortIfBothWantTo() throws Exception {
        try (var first = serve().option(ServerOptions.REUSE_PORT, true).start();
                var second = serve().option(ServerOptions.REUSE_PORT, true)
                        .port(first.port())
                        .start()) {
            assertEquals(first.port(), second.port());
            assertThrows(IOException.class, () -> serve().port(first.port()).start());
        }
    }

    @Test
    void aServerListensOnASocketThatItWasGiven() throws Exception {
        try (var socket = SharedSocket.open();
                var server = serve().option(ServerOptions.FD, Integer.toString(socket.descriptor()))
                        .start();
                var client = WireClient.connect(socket.port())) {
            assertEquals(socket.port(), server.port());
            assertEquals("ready", client.send(GET).read().body());
        }
    }

    @Test
    void onlyTheTransportEpollTakesASocketOver() {
        var builder = serve().transport(TransportMode.NIO).option(ServerOptions.FD, "3");
        var failure = assertThrows(IOException.class, builder::start);
        assertTrue(String.valueOf(failure.getMessage()).contains("nio cannot take over a socket"));
    }
}
