package io.asgi4j.server.netty.http2;

import static io.asgi4j.server.netty.testing.Http2Wire.concat;
import static io.asgi4j.server.netty.testing.Http2Wire.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Http2Tunnel;
import io.asgi4j.server.netty.testing.Http2Wire;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketApplication;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.server.netty.websocket.ClientFrames;
import io.asgi4j.server.netty.websocket.ServerFrame;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.State;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.WebSocketSend;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** WebSockets on streams (RFC 8441). */
@UnderBothSchedulers
class WebSocketTests extends ServerTests {
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final WebSocketApplication echo = (scope, receive, send) -> {
        seen.add(scope);
        receive.receive();
        if (scope.path().equals("/denied")) {
            send.send(new WebSocketClose());
            return;
        }
        send.send(new WebSocketAccept());
        for (var event = receive.receive(); ; event = receive.receive()) {
            seen.add(event);
            if (event instanceof WebSocketReceive message && message.text() != null) {
                send.send(WebSocketSend.text(message.text()));
            } else {
                return;
            }
        }
    };

    WebSocketTests(Setup setup) {
        super(setup);
    }

    private Http2Wire open(String path) throws Exception {
        var server = serve(options(), new State(), echo);
        return closing(Http2Wire.connect(server.port()))
                .headers(
                        1,
                        false,
                        concat(request("CONNECT", path), ":protocol", "websocket", "sec-websocket-version", "13"));
    }

    private Http2Tunnel tunnel(WebSocketApplication application, String... fields) throws Exception {
        var server = serve(options(), new State(), application);
        return Http2Tunnel.open(closing(Http2Wire.connect(server.port())), fields);
    }

    /** A frame of a client, masked with zeros. */
    private static String frame(int opcode, String payload) {
        return "" + (char) (0x80 | opcode) + (char) (0x80 | payload.length()) + "\0\0\0\0" + payload;
    }

    @Test
    void messagesGoBothWaysInDataFrames() throws Exception {
        var client = open("/chat?a=b");
        assertEquals(200, Http2Wire.status(client.await(Http2Wire.HEADERS, 1)));
        var scope = (WebSocketScope) seen.take();
        assertEquals("2", scope.httpVersion());
        assertEquals("ws", scope.scheme());
        assertEquals("/chat", scope.path());
        client.data(1, frame(1, "hi"), false);
        assertArrayEquals(
                new byte[] {(byte) 0x81, 2, 'h', 'i'},
                client.await(Http2Wire.DATA, 1).payload());
        client.data(1, frame(8, "\u0003\u00e8"), false);
        assertEquals((byte) 0x88, client.await(Http2Wire.DATA, 1).payload()[0]);
        assertTrue(client.await(Http2Wire.DATA, 1).has(Http2Wire.END_STREAM));
        seen.take();
        assertEquals(new WebSocketDisconnect(1000, ""), seen.take());
    }

    @Test
    void aDeniedHandshakeIsAnsweredOnItsStream() throws Exception {
        assertEquals(403, open("/denied").response(1).status());
    }

    @Test
    void theAnswerHasNothingOfTheHandshakeOfHttp1() throws Exception {
        var fields = tunnel(echo).fields();
        for (var field : new String[] {"sec-websocket-accept", "sec-websocket-key", "connection", "upgrade"}) {
            assertFalse(fields.contains(field), field);
        }
    }

    @Test
    void subprotocolAndCompressionAreAgreedOnByFields() throws Exception {
        var tunnel = tunnel(
                (scope, receive, send) -> {
                    receive.receive();
                    send.send(new WebSocketAccept(scope.subprotocols().getLast(), Headers.empty()));
                    receive.receive();
                    send.send(WebSocketSend.text("compress me, ".repeat(100)));
                },
                "sec-websocket-protocol",
                "a, b",
                "sec-websocket-extensions",
                "x, permessage-deflate; client_max_window_bits");
        assertEquals("b", tunnel.fields().first("sec-websocket-protocol"));
        assertEquals("permessage-deflate", tunnel.fields().first("sec-websocket-extensions"));
        tunnel.send(ClientFrames.text("now"));
        var inflater = new Inflater(true);
        var message = ServerFrame.read(tunnel).inflate(inflater);
        inflater.end();
        assertEquals("compress me, ".repeat(100), new String(message, US_ASCII));
        assertEquals("close 1000 ", ServerFrame.read(tunnel).toString());
    }

    @Test
    void messagesThatCameBeforeTheAcceptAreDeliveredAfterIt() throws Exception {
        var go = new CountDownLatch(1);
        var server = serve(options(), new State(), (WebSocketApplication) (scope, receive, send) -> {
            await(go);
            echo.webSocket(scope, receive, send);
        });
        var client = closing(Http2Wire.connect(server.port()));
        Http2Tunnel.ask(client);
        client.data(1, frame(1, "first"), false).data(1, frame(1, "second").substring(0, 3), false);
        // The server has all that when it answers this.
        client.ping().await(Http2Wire.PING, 0);
        go.countDown();
        assertEquals(200, Http2Wire.status(client.await(Http2Wire.HEADERS, 1)));
        assertEquals("\u0081\u0005first", payload(client.await(Http2Wire.DATA, 1)));
        client.data(1, frame(1, "second").substring(3), false);
        assertEquals("\u0081\u0006second", payload(client.await(Http2Wire.DATA, 1)));
    }

    private static String payload(Http2Wire.Frame frame) {
        return new String(frame.payload(), ISO_8859_1);
    }

    @Test
    void anOpenWebSocketIsClosedWith1012WhenTheServerStops() throws Exception {
        var patient = options().with(ServerOptions.LATE_REQUEST_TIMEOUT, WireClient.PATIENCE);
        var server = serve(patient, new State(), echo);
        var wire = closing(Http2Wire.connect(server.port()));
        var tunnel = Http2Tunnel.open(wire);
        tunnel.send(ClientFrames.text("open"));
        assertEquals("text open", ServerFrame.read(tunnel).toString());
        server.stopAccepting();
        wire.await(Http2Wire.GOAWAY, 0);
        var close = wire.await(Http2Wire.DATA, 1);
        assertEquals("\u0088\u0002\u0003\u00f4", payload(close));
        tunnel.send(ClientFrames.close(1012, ""));
        assertEquals(-1, tunnel.read());
        server.assertReturns();
        seen.take();
        seen.take();
        assertEquals(new WebSocketDisconnect(1012, ""), seen.take());
    }

    @Test
    void aResetIsALostConnection() throws Exception {
        var client = open("/");
        client.await(Http2Wire.HEADERS, 1);
        client.reset(1, Http2Wire.CANCEL);
        seen.take();
        assertEquals(1006, ((WebSocketDisconnect) seen.take()).code());
    }
}
