package io.asgi4j.server.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.LifespanMode;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.LifespanStartupFailed;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NettyServerTests {
    private final List<Socket> clients = new ArrayList<>();

    /** What happened, in order. */
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private final CountDownLatch inRequest = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    /** An application with lifespan whose requests wait for the test. */
    private void application(Scope scope, Receive receive, Send send) throws Exception {
        switch (scope) {
            case LifespanScope lifespan -> {
                receive.receive();
                lifespan.state().put("greeting", "hello");
                events.add("startup");
                send.send(new LifespanStartupComplete());
                receive.receive();
                events.add("shutdown");
                send.send(new LifespanShutdownComplete());
            }
            case HttpScope http -> {
                inRequest.countDown();
                try {
                    mayAnswer.await();
                } catch (InterruptedException e) {
                    events.add("interrupted");
                    throw e;
                }
                send.send(new HttpResponseStart(200));
                send.send(HttpResponseBody.last(
                        http.state().get("greeting", String.class).orElse("nothing")));
                events.add("answered");
            }
            default -> throw new UnsupportedScopeException(scope);
        }
    }

    private static NettyServer.Builder serve(Application application) {
        return NettyServer.builder(application).port(0);
    }

    @AfterEach
    void closeClients() throws IOException {
        for (var client : clients) {
            client.close();
        }
    }

    private Socket request(NettyServer server) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".getBytes(US_ASCII));
        clients.add(socket);
        return socket;
    }

    private static String answer(Socket client) throws IOException {
        try (client) {
            return new String(client.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private String get(NettyServer server) throws IOException {
        return answer(request(server));
    }

    private static Thread startClosing(NettyServer server) {
        var closing = Thread.ofVirtual().start(server::close);
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return closing;
    }

    private List<String> happened() {
        return List.copyOf(events);
    }

    @Test
    void aStartedServerAnswersOnThePortItGot() throws Exception {
        mayAnswer.countDown();
        try (var server = serve(this::application).start()) {
            assertNotEquals(0, server.port());
            assertTrue(get(server).contains("hello"));
        }
        assertEquals(List.of("startup", "answered", "shutdown"), happened());
    }

    @Test
    void theAddressesAreThoseOfTheSocket() throws Exception {
        try (var server = serve(this::application).start()) {
            var address =
                    assertInstanceOf(InetSocketAddress.class, server.addresses().getFirst());
            assertEquals("127.0.0.1", address.getAddress().getHostAddress());
            assertEquals(server.port(), address.getPort());
        }
    }

    @Test
    void aServerCanListenOnVersion6OfIp() throws Exception {
        try (var server = serve(this::application).host("::1").start()) {
            new Socket("::1", server.port()).close();
        }
    }

    @Test
    void aClosedServerRefusesConnections() throws Exception {
        var server = serve(this::application).start();
        var port = server.port();
        server.close();
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }

    @Test
    void closingLetsARunningRequestEndBeforeLifespanShutdown() throws Exception {
        var server = serve(this::application).start();
        var client = request(server);
        inRequest.await();
        var closing = startClosing(server);
        mayAnswer.countDown();
        assertTrue(answer(client).contains("hello"));
        closing.join();
        assertEquals(List.of("startup", "answered", "shutdown"), happened());
    }

    @Test
    void theEndOfTheGracePeriodInterruptsARunningRequest() throws Exception {
        var server = serve(this::application)
                .option(ServerOptions.SHUTDOWN_TIMEOUT, Duration.ofMillis(50))
                .start();
        request(server);
        inRequest.await();
        server.close();
        assertEquals(List.of("startup", "interrupted", "shutdown"), happened());
    }

    @Test
    void closeNowInterruptsARunningRequest() throws Exception {
        var server = serve(this::application).start();
        request(server);
        inRequest.await();
        server.closeNow();
        assertEquals(List.of("startup", "interrupted", "shutdown"), happened());
    }

    @Test
    void closeNowCutsACloseShort() throws Exception {
        var server = serve(this::application).start();
        request(server);
        inRequest.await();
        var closing = startClosing(server);
        server.closeNow();
        closing.join();
        assertEquals(List.of("startup", "interrupted", "shutdown"), happened());
    }

    @Test
    void anInterruptedCloseGoesOnWithoutGraceAndKeepsTheInterrupt() throws Exception {
        var server = serve(this::application).start();
        request(server);
        inRequest.await();
        Thread.currentThread().interrupt();
        server.close();
        assertTrue(Thread.interrupted());
        assertEquals(List.of("startup", "interrupted", "shutdown"), happened());
    }

    @Test
    void closingAgainIsHarmless() throws Exception {
        var server = serve(this::application).start();
        server.close();
        server.close();
        server.closeNow();
        server.awaitClosed();
        assertEquals(List.of("startup", "shutdown"), happened());
    }

    @Test
    void manyThreadsMayCloseAtOnce() throws Exception {
        var server = serve(this::application).start();
        var closers = Stream.generate(() -> Thread.ofVirtual().start(server::close))
                .limit(8)
                .toList();
        for (var closer : closers) {
            closer.join();
        }
        assertEquals(List.of("startup", "shutdown"), happened());
    }

    @Test
    void anOccupiedPortIsExplainedAndTheApplicationShutDown() throws Exception {
        try (var occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = occupant.getLocalPort();
            var failure = assertThrows(
                    IOException.class,
                    () -> NettyServer.builder(this::application).port(port).start());
            assertEquals(
                    "port " + port + " on 127.0.0.1 is already in use:"
                            + " stop the program that listens there, or choose another port",
                    failure.getMessage());
        }
        assertEquals(List.of("startup", "shutdown"), happened());
    }

    @Test
    void anAddressOfAnotherMachineIsExplained() {
        var failure = assertThrows(
                IOException.class,
                () -> serve(this::application).host("192.0.2.1").start());
        assertEquals(
                "192.0.2.1 is not an address of this machine: give one that is, or 0.0.0.0 for all",
                failure.getMessage());
    }

    @Test
    void anUnknownHostIsExplainedBeforeTheApplicationIsStarted() {
        var failure = assertThrows(
                IOException.class,
                () -> serve(this::application).host("no.such.invalid").start());
        assertEquals(
                "host 'no.such.invalid' is not known:"
                        + " give an address of this machine, for example 127.0.0.1 or 0.0.0.0",
                failure.getMessage());
        assertEquals(List.of(), happened());
    }

    @Test
    void aPrivilegedPortIsExplained() {
        var failure = BindFailure.explain(
                Options.defaults().with(ServerOptions.PORT, 80), new IOException("bind(..) failed: Permission denied"));
        assertEquals(
                "port 80 needs a right that this user does not have: choose a port from 1024 up,"
                        + " or grant the process CAP_NET_BIND_SERVICE",
                failure.getMessage());
    }

    @Test
    void anApplicationThatRefusesToStartStopsTheStart() {
        var failure = assertThrows(
                StartupException.class,
                () -> serve((scope, receive, send) -> send.send(new LifespanStartupFailed("no database")))
                        .start());
        assertEquals("the application could not start: no database", failure.getMessage());
    }

    @Test
    void aFailureOfTheLifespanAfterStartUpStopsTheServerInModeOn() throws Exception {
        var server = serve((scope, receive, send) -> {
                    send.send(new LifespanStartupComplete());
                    throw new IllegalStateException("a mistake");
                })
                .lifespan(LifespanMode.ON)
                .start();
        server.awaitClosed();
        assertTrue(server.hasFailed());
    }

    @Test
    void aServerThatWasClosedHasNotFailed() throws Exception {
        var server = serve(this::application).start();
        server.close();
        assertFalse(server.hasFailed());
    }

    @Test
    void anApplicationMayCloseItsOwnServer() throws Exception {
        var self = new LinkedBlockingQueue<NettyServer>();
        var server = serve((scope, receive, send) -> {
                    var own = self.take();
                    var closing = Thread.ofPlatform().start(own::close);
                    assertTrue(closing.isAlive());
                    send.send(new HttpResponseStart(200));
                    send.send(HttpResponseBody.last("bye"));
                })
                .lifespan(LifespanMode.OFF)
                .start();
        self.add(server);
        assertTrue(get(server).contains("bye"));
        server.awaitClosed();
    }

    @Test
    void whoeverWaitsForTheEndCanBeInterrupted() throws Exception {
        try (var server = serve(this::application).start()) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, server::awaitClosed);
        }
    }

    @Test
    void startingCanBeInterrupted() throws Exception {
        var ended = new CountDownLatch(1);
        var starter = Thread.currentThread();
        assertThrows(
                InterruptedException.class,
                () -> serve((scope, receive, send) -> {
                            receive.receive();
                            starter.interrupt();
                            try {
                                receive.receive();
                            } finally {
                                ended.countDown();
                            }
                        })
                        .start());
        assertTrue(ended.await(10, TimeUnit.SECONDS));
    }
}
