package io.asgi4j.server.netty.http2;

import static io.asgi4j.server.netty.testing.Http2Wire.concat;
import static io.asgi4j.server.netty.testing.Http2Wire.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.testing.Http2Wire;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketApplication;
import io.asgi4j.spec.State;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.WebSocketSend;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
    void aResetIsALostConnection() throws Exception {
        var client = open("/");
        client.await(Http2Wire.HEADERS, 1);
        client.reset(1, Http2Wire.CANCEL);
        seen.take();
        assertEquals(1006, ((WebSocketDisconnect) seen.take()).code());
    }
}
