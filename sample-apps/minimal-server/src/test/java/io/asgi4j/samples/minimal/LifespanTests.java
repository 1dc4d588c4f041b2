package io.asgi4j.samples.minimal;

import static io.asgi4j.samples.minimal.TestServer.GET;
import static io.asgi4j.samples.minimal.TestServer.HANDSHAKE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.samples.minimal.TestServer.Report;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanShutdown;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanStartup;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.LifespanStartupFailed;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketDisconnect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class LifespanTests {
    private static void answer(Send send, String text) throws Exception {
        send.send(new HttpResponseStart(200));
        send.send(HttpResponseBody.last(text));
    }

    private static void live(LifespanScope scope, Receive receive, Send send, Report report) throws Exception {
        report.add(receive.receive());
        scope.state().put("name", "value");
        send.send(new LifespanStartupComplete());
        assertThrows(IllegalEventException.class, () -> send.send(new LifespanShutdownComplete()));
        report.add(receive.receive());
        report.add(receive.receive());
        report.add(scope.state().toString());
        send.send(new LifespanShutdownComplete());
    }

    private static Application application(Report report) {
        return (scope, receive, send) -> {
            if (scope instanceof LifespanScope lifespan) {
                live(lifespan, receive, send, report);
            } else {
                var before = scope.state().toString();
                scope.state().put("other", "value");
                answer(send, before);
            }
        };
    }

    @Test
    void theApplicationIsToldOfStartAndEnd() throws Exception {
        var report = new Report();
        try (var server = TestServer.of(application(report))) {
            var client = server.connect();
            assertTrue(client.send(GET).readUntil("0\r\n\r\n").contains("[name]"));
            assertTrue(client.send(GET).readUntil("0\r\n\r\n").contains("[name]"));
        }
        assertEquals(new LifespanStartup(), report.next());
        assertEquals(new LifespanShutdown(), report.next());
        assertEquals(new LifespanShutdown(), report.next());
        assertEquals("[name]", report.next());
    }

    @Test
    void anApplicationThatFailsToStartIsNotServed() {
        Application application = (scope, receive, send) -> send.send(new LifespanStartupFailed("no database"));
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var failure = assertThrows(
                StartupException.class, () -> MinimalServer.start(application, address, Limits.standard()));
        assertEquals("no database", failure.getMessage());
    }

    @Test
    void anApplicationThatDoesNotStartInTimeIsNotServed() {
        Application application = (scope, receive, send) -> {
            receive.receive();
            receive.receive();
        };
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        assertThrows(
                StartupException.class,
                () -> MinimalServer.start(
                        application, address, Limits.standard().with(Limit.STARTUP_MILLIS, 1)));
    }

    @Test
    void anApplicationWithoutLifespanIsServed() throws Exception {
        try (var server = TestServer.of((scope, receive, send) -> {
            if (scope instanceof HttpScope) {
                answer(send, "served");
            }
        })) {
            assertTrue(server.connect().send(GET).readUntil("0\r\n\r\n").contains("served"));
        }
    }

    @Test
    void aShutdownLetsResponsesEnd() throws Exception {
        var report = new Report();
        try (var server = TestServer.http(Limits.standard().with(Limit.UNREAD_MILLIS, 1), (scope, receive, send) -> {
            report.add("called");
            scope.connection().draining().await();
            answer(send, "good end");
        })) {
            var client = server.connect().send(GET);
            report.next();
            server.shutDown();
            var answer = client.readToEnd();
            assertTrue(answer.contains("connection: close\r\n"), answer);
            assertTrue(answer.contains("good end"), answer);
        }
    }

    @Test
    void aShutdownClosesWebSocketsWith1012() throws Exception {
        var report = new Report();
        try (var server = TestServer.webSocket((scope, receive, send) -> {
            send.send(new WebSocketAccept());
            receive.receive();
            report.add(receive.receive());
        })) {
            var client = server.connect().send(HANDSHAKE);
            client.readHead();
            var shutdown = Thread.startVirtualThread(server::shutDown);
            assertEquals("8 1012", client.readFrame());
            assertEquals(new WebSocketDisconnect(1012, ""), report.next());
            client.close();
            shutdown.join();
        }
    }

    @Test
    void theEndOfTheGracePeriodInterruptsCallsAndCutsConnections() throws Exception {
        var report = new Report();
        var limits = Limits.standard().with(Limit.GRACE_MILLIS, 1);
        try (var server = TestServer.http(limits, (scope, receive, send) -> {
            receive.receive();
            report.add("called");
            try {
                receive.receive();
            } catch (InterruptedException interrupted) {
                report.add("interrupted");
                throw interrupted;
            }
        })) {
            server.connect().send(GET);
            report.next();
            server.shutDown();
            assertEquals("interrupted", report.next());
        }
    }
}
