package io.asgi4j.samples.minimal;

import static io.asgi4j.samples.minimal.TestServer.HANDSHAKE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.samples.minimal.TestServer.Report;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketConnect;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.WebSocketSend;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketTests {
    private static final int FIN = 0x80;

    private static void echo(WebSocketScope scope, Receive receive, Send send) throws Exception {
        receive.receive();
        send.send(new WebSocketAccept());
        while (receive.receive() instanceof WebSocketReceive message) {
            send.send(new WebSocketSend(message.bytes(), message.text()));
        }
    }

    /** Accepts, and reports everything that comes. */
    private static TestServer reporting(Report report) throws Exception {
        return reporting(Limits.standard(), report);
    }

    private static TestServer reporting(Limits limits, Report report) throws Exception {
        return TestServer.webSocket(limits, (scope, receive, send) -> {
            send.send(new WebSocketAccept());
            receive.receive();
            var event = receive.receive();
            report.add(event);
            while (!(event instanceof WebSocketDisconnect)) {
                event = receive.receive();
                report.add(event);
            }
        });
    }

    private static TestClient open(TestServer server) throws Exception {
        var client = server.connect().send(HANDSHAKE);
        assertTrue(client.readHead().startsWith("HTTP/1.1 101 "));
        return client;
    }

    @Test
    void theHandshakeWaitsForTheApplication() throws Exception {
        var report = new Report();
        try (var server = TestServer.webSocket((scope, receive, send) -> {
            report.add(receive.receive());
            assertEquals("ws", scope.scheme());
            assertEquals("/chat", scope.path());
            assertEquals(List.of("a", "b"), scope.subprotocols());
            assertThrows(IllegalEventException.class, () -> send.send(WebSocketSend.text("early")));
            assertThrows(IllegalEventException.class, () -> send.send(new WebSocketAccept("c", Headers.empty())));
            send.send(new WebSocketAccept("b", Headers.of("x-a", "1", "connection", "x", "x-a", "2")));
            assertThrows(IllegalEventException.class, () -> send.send(new WebSocketAccept()));
            report.add(receive.receive());
        })) {
            var head = server.connect()
                    .send(HANDSHAKE)
                    .frame(FIN | Frames.TEXT, "early")
                    .readHead();
            assertTrue(head.contains("\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), head);
            assertTrue(head.contains("\r\nsec-websocket-protocol: b\r\nx-a: 1\r\nx-a: 2\r\n"), head);
            assertFalse(head.contains("connection: x"), head);
            assertEquals(new WebSocketConnect(), report.next());
            assertEquals(WebSocketReceive.text("early"), report.next());
        }
    }

    @Test
    void aDeniedHandshakeIsAnswered403() throws Exception {
        var report = new Report();
        try (var server = TestServer.webSocket((scope, receive, send) -> {
            receive.receive();
            send.send(new WebSocketClose(3000, "no"));
            report.add(receive.receive());
            assertThrows(IllegalEventException.class, () -> send.send(new WebSocketAccept()));
        })) {
            assertTrue(server.connect().send(HANDSHAKE).readToEnd().startsWith("HTTP/1.1 403 "));
            assertEquals(new WebSocketDisconnect(1006, ""), report.next());
        }
    }

    @Test
    void anUnansweredHandshakeIsAnswered500() throws Exception {
        try (var server = TestServer.webSocket((scope, receive, send) -> {})) {
            assertTrue(server.connect().send(HANDSHAKE).readToEnd().startsWith("HTTP/1.1 500 "));
        }
    }

    @Test
    void aClientThatGoesBeforeTheAnswerIsReportedAs1006() throws Exception {
        var report = new Report();
        try (var server = TestServer.webSocket((scope, receive, send) -> {
            report.add(receive.receive());
            report.add(receive.receive());
            assertThrows(ClientDisconnectedException.class, () -> send.send(new WebSocketAccept()));
            report.add("gone");
        })) {
            var client = server.connect().send(HANDSHAKE);
            report.next();
            client.close();
            assertEquals(new WebSocketDisconnect(1006, ""), report.next());
            assertEquals("gone", report.next());
        }
    }

    @Test
    void messagesGoBothWays() throws Exception {
        try (var server = TestServer.webSocket(WebSocketTests::echo)) {
            var heard = new CompletableFuture<String>();
            var socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), new Listener(heard))
                    .get(TestClient.LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            var text = "größer".repeat(30_000);
            socket.sendText(text, true).join();
            assertEquals(text, heard.get(TestClient.LIMIT_MILLIS, TimeUnit.MILLISECONDS));
            socket.abort();
        }
    }

    private static final class Listener implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();
        private final CompletableFuture<String> heard;

        Listener(CompletableFuture<String> heard) {
            this.heard = heard;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                heard.complete(parts.toString());
            }
            socket.request(1);
            return null;
        }
    }

    @Test
    void fragmentsArePutTogetherAndPingsAnsweredBetweenThem() throws Exception {
        try (var server = TestServer.webSocket(WebSocketTests::echo)) {
            var client = open(server)
                    .frame(Frames.TEXT, "hel")
                    .frame(FIN | Frames.PING, "ping")
                    .frame(Frames.CONTINUATION, "")
                    .frame(FIN | Frames.CONTINUATION, "lo")
                    .frame(FIN | Frames.PONG, "")
                    .frame(FIN | Frames.BINARY, "");
            assertEquals("10 ping", client.readFrame());
            assertEquals("1 hello", client.readFrame());
            assertEquals("2 ", client.readFrame());
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, bye", "1014, ''", "4999, x"})
    void theClosingCodeOfTheClientIsDeliveredAfterItsMessages(int code, String reason) throws Exception {
        var report = new Report();
        try (var server = reporting(report)) {
            var payload = "" + (char) (code >> 8) + (char) (code & 0xff) + reason;
            var client = open(server).frame(FIN | Frames.TEXT, "last").frame(FIN | Frames.CLOSE, payload);
            assertTrue(client.readFrame().startsWith("8 " + code));
            assertEquals("", client.readToEnd());
            assertEquals(WebSocketReceive.text("last"), report.next());
            assertEquals(new WebSocketDisconnect(code, reason), report.next());
        }
    }

    @Test
    void aCloseFrameWithoutCodeIsReportedAs1005() throws Exception {
        var report = new Report();
        try (var server = reporting(report)) {
            assertEquals("8 ", open(server).frame(FIN | Frames.CLOSE, "").readFrame());
            assertEquals(new WebSocketDisconnect(1005, ""), report.next());
        }
    }

    @Test
    void aLostConnectionIsReportedAs1006() throws Exception {
        var report = new Report();
        try (var server = reporting(report)) {
            open(server).frame(FIN | Frames.TEXT, "last").endSending();
            assertEquals(WebSocketReceive.text("last"), report.next());
            assertEquals(new WebSocketDisconnect(1006, ""), report.next());
        }
    }

    @ParameterizedTest
    @CsvSource({"0x83", "0xC1", "0x80", "0x09", "0x8B"})
    void aBreachOfTheFramingEndsWith1002(String first) throws Exception {
        var report = new Report();
        try (var server = reporting(report)) {
            assertTrue(
                    open(server).frame(Integer.decode(first), "x").readFrame().startsWith("8 1002"));
            assertTrue(report.next().toString().contains("1002"));
        }
    }

    @Test
    void anUnmaskedFrameEndsWith1002() throws Exception {
        try (var server = reporting(new Report())) {
            assertTrue(open(server).send("\u0081\u0001x").readFrame().startsWith("8 1002"));
        }
    }

    @Test
    void anIllegalClosingCodeEndsWith1002() throws Exception {
        var report = new Report();
        try (var server = reporting(report)) {
            assertTrue(open(server)
                    .frame(FIN | Frames.CLOSE, "\u0003\u00ed")
                    .readFrame()
                    .startsWith("8 1002"));
            assertTrue(report.next().toString().contains("1002"));
        }
    }

    @Test
    void textThatIsNotUtf8EndsWith1007() throws Exception {
        try (var server = reporting(new Report())) {
            assertTrue(
                    open(server).frame(FIN | Frames.TEXT, "\u00ff").readFrame().startsWith("8 1007"));
        }
    }

    @Test
    void aMessageThatIsTooLargeEndsWith1009() throws Exception {
        try (var server = reporting(Limits.standard().with(Limit.MESSAGE_BYTES, 5), new Report())) {
            var client = open(server).frame(Frames.TEXT, "123").frame(FIN | Frames.CONTINUATION, "456");
            assertTrue(client.readFrame().startsWith("8 1009"));
        }
    }

    @Test
    void theApplicationCloses() throws Exception {
        var report = new Report();
        try (var server = TestServer.webSocket((scope, receive, send) -> {
            send.send(new WebSocketAccept());
            send.send(new WebSocketClose(4000, "done"));
            report.add(receive.receive());
            report.add(receive.receive());
            report.add(receive.receive());
            assertThrows(IllegalEventException.class, () -> send.send(WebSocketSend.text("late")));
        })) {
            var client = open(server);
            assertEquals("8 4000done", client.readFrame());
            assertEquals(new WebSocketConnect(), report.next());
            assertEquals(new WebSocketDisconnect(4000, "done"), report.next());
            assertEquals(new WebSocketDisconnect(4000, "done"), report.next());
            client.frame(FIN | Frames.CLOSE, "\u000f\u00a0");
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void aCallThatEndsClosesTheWebSocket() throws Exception {
        try (var server = TestServer.webSocket((scope, receive, send) -> {
            send.send(new WebSocketAccept());
            if (receive.receive() instanceof WebSocketConnect
                    && receive.receive() instanceof WebSocketReceive message
                    && "fail".equals(message.text())) {
                throw new IllegalStateException("secret");
            }
        })) {
            assertEquals("8 1000", open(server).frame(FIN | Frames.TEXT, "end").readFrame());
            assertEquals("8 1011", open(server).frame(FIN | Frames.TEXT, "fail").readFrame());
        }
    }

    @Test
    void aSendAfterTheClientClosedThrows() throws Exception {
        var report = new Report();
        try (var server = TestServer.webSocket((scope, receive, send) -> {
            send.send(new WebSocketAccept());
            scope.connection().disconnected().await();
            assertThrows(ClientDisconnectedException.class, () -> send.send(WebSocketSend.text("late")));
            assertThrows(ClientDisconnectedException.class, () -> send.send(new WebSocketAccept()));
            report.add("gone");
        })) {
            open(server).frame(FIN | Frames.CLOSE, "");
            assertEquals("gone", report.next());
        }
    }

    @Test
    void aSilentClientIsPingedAndThenGivenUp() throws Exception {
        var limits = Limits.standard().with(Limit.PING_MILLIS, 1).with(Limit.PONG_MILLIS, 50);
        var report = new Report();
        try (var server = reporting(limits, report)) {
            var client = open(server);
            assertEquals("9 ", client.readFrame());
            assertTrue(client.readFrame().startsWith("8 1011"));
            assertTrue(report.next().toString().contains("1011"));
        }
    }

    @Test
    void whatIsNotReceivedIsNotRead() throws Exception {
        var report = new Report();
        try (var server = TestServer.webSocket((scope, receive, send) -> {
            send.send(new WebSocketAccept());
            report.next();
            receive.receive();
            for (var i = 0; i < 10_000; i++) {
                receive.receive();
            }
            send.send(WebSocketSend.text("all"));
        })) {
            var client = open(server);
            var sender = Thread.startVirtualThread(() -> {
                try {
                    for (var i = 0; i < 10_000; i++) {
                        client.frame(FIN | Frames.BINARY, new byte[4_000]);
                    }
                } catch (java.io.IOException unexpected) {
                    report.add(unexpected);
                }
            });
            assertFalse(sender.join(java.time.Duration.ofMillis(200)));
            report.add("go on");
            assertEquals("1 all", client.readFrame());
        }
    }

    @Test
    void bytesOfAMessageAreKept() throws Exception {
        try (var server = TestServer.webSocket(WebSocketTests::echo)) {
            var text = new String(new char[60_000]).replace('\0', 'x');
            var client = open(server).frame(FIN | Frames.BINARY, text.getBytes(StandardCharsets.US_ASCII));
            assertEquals("2 " + text, client.readFrame());
        }
    }
}
