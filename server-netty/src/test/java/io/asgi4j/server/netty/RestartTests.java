package io.asgi4j.server.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.Http2Wire;
import io.asgi4j.server.netty.testing.SharedSocket;
import io.asgi4j.server.netty.testing.WebSocketClient;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.WebSocketSend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that follow each other on one socket, while clients go on. */
@Timeout(60)
class RestartTests {
    private static final int RESTARTS = 20;
    private static final int CLIENTS = 4;
    private static final String BODY = "x".repeat(10_000);

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Semaphore answers = new Semaphore(0);
    private final Semaphore multiplexed = new Semaphore(0);
    private final Semaphore echoes = new Semaphore(0);
    private volatile boolean stop;

    private static void application(Scope scope, Receive receive, Send send) throws Exception {
        switch (scope) {
            case HttpScope http -> Answers.echo(receive, send);
            case WebSocketScope webSocket -> echo(receive, send);
            default -> throw new UnsupportedScopeException(scope);
        }
    }

    private static void echo(Receive receive, Send send) throws Exception {
        receive.receive();
        send.send(new WebSocketAccept());
        while (receive.receive() instanceof WebSocketReceive message) {
            send.send(new WebSocketSend(message.bytes(), message.text()));
        }
    }

    private static NettyServer start(SharedSocket socket, SchedulerMode scheduler) throws Exception {
        return NettyServer.builder(RestartTests::application)
                .scheduler(scheduler)
                .option(ServerOptions.FD, Integer.toString(socket.descriptor()))
                // A client of this test that waits for a processor is not idle.
                .option(ServerOptions.LATE_REQUEST_TIMEOUT, WireClient.PATIENCE)
                .option(ServerOptions.ACCESS_LOG, false)
                .start();
    }

    @ParameterizedTest
    @EnumSource(
            value = SchedulerMode.class,
            names = {"LOOP", "SHARED"})
    void noRequestFailsWhileTheServerIsRestartedAgainAndAgain(SchedulerMode scheduler) throws Exception {
        try (var socket = SharedSocket.open()) {
            var server = start(socket, scheduler);
            var clients = startClients(socket.port());
            for (var restart = 0; restart < RESTARTS; restart++) {
                awaitMore(answers);
                awaitMore(multiplexed);
                awaitMore(echoes);
                var next = start(socket, scheduler);
                server.close();
                server = next;
            }
            stop = true;
            for (var client : clients) {
                client.join();
            }
            server.close();
        }
        if (!failures.isEmpty()) {
            var failed = new AssertionError(failures.size() + " clients failed");
            failures.forEach(failed::addSuppressed);
            throw failed;
        }
    }

    /** Waits until each client may have got an answer since; not for ever, since a client that failed gets none. */
    private static void awaitMore(Semaphore count) throws InterruptedException {
        count.drainPermits();
        var unused = count.tryAcquire(CLIENTS, WireClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private List<Thread> startClients(int port) {
        var clients = new ArrayList<Thread>();
        for (var i = 0; i < CLIENTS; i++) {
            var size = i * 50_000;
            clients.add(client(() -> post(port, size)));
            clients.add(client(() -> multiplex(port)));
            clients.add(client(() -> converse(port)));
        }
        return clients;
    }

    /** Never idle, and so no virtual thread: it would keep the server's from a carrier. */
    private Thread client(Session session) {
        return Thread.ofPlatform().daemon().start(() -> repeat(session));
    }

    private interface Session {
        void run() throws IOException;
    }

    /** Has one session after the other. */
    private void repeat(Session session) {
        try {
            while (!stop) {
                session.run();
            }
        } catch (IOException | RuntimeException | AssertionError failure) {
            failures.add(failure);
        }
    }

    /** Sends requests over one connection until the server says that it closes. */
    private void post(int port, int size) throws IOException {
        var body = "x".repeat(size);
        var request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n" + body;
        try (var client = WireClient.connect(port)) {
            for (var last = false; !last && !stop; ) {
                var reply = client.send(request).read();
                assertEquals(200, reply.status());
                assertTrue(reply.complete() && reply.body().equals(body), "the whole body came back");
                answers.release();
                last = reply.has("connection");
            }
        }
    }

    /** Sends requests side by side over one HTTP/2 connection until the server goes away. */
    private void multiplex(int port) throws IOException {
        try (var client = Http2Wire.connect(port)) {
            var goesAway = false;
            for (var stream = 1; !goesAway && !stop; stream += 4) {
                for (var each : List.of(stream, stream + 2)) {
                    client.post(each, "/").data(each, BODY, true);
                }
                goesAway = readAnswers(client, stream, stream + 2);
                client.windowUpdate(0, 2 * BODY.length());
                multiplexed.release();
            }
        }
    }

    /** Reads the answers on two streams, less those that the server says it did not take; returns whether it goes away. */
    private static boolean readAnswers(Http2Wire client, int one, int other) throws IOException {
        var goesAway = false;
        var bodies = new HashMap<>(Map.of(one, "", other, ""));
        while (!bodies.isEmpty()) {
            var frame = client.next();
            switch (frame.type()) {
                case Http2Wire.HEADERS -> assertEquals(200, Http2Wire.status(frame));
                case Http2Wire.DATA -> {
                    bodies.merge(frame.stream(), new String(frame.payload(), US_ASCII), String::concat);
                    if (frame.has(Http2Wire.END_STREAM)) {
                        assertTrue(BODY.equals(bodies.remove(frame.stream())), "the whole body came back");
                    }
                }
                case Http2Wire.GOAWAY -> {
                    goesAway = true;
                    bodies.keySet().removeIf(stream -> stream > frame.lastStream());
                }
                case Http2Wire.RST_STREAM, -1 -> fail("without an answer on " + bodies.keySet() + ": " + frame);
                default -> {}
            }
        }
        return goesAway;
    }

    /** Talks over one WebSocket until the server restarts. */
    private void converse(int port) throws IOException {
        try (var client = new WebSocketClient(WireClient.connect(port))) {
            client.open();
            for (var open = true; open && !stop; ) {
                var frame = client.text("hello").frame().toString();
                open = !frame.startsWith("close 1012");
                if (open) {
                    assertEquals("text hello", frame);
                    echoes.release();
                } else {
                    client.endAfter(1012);
                }
            }
        }
    }
}
