package io.asgi4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketHandshakeTests {
    private static final WebSocketHandshake HANDSHAKE = WebSocketHandshake.to("/chat", "h");
    private static final String RIGHT =
            "Upgrade: websocket\nConnection: keep-alive, Upgrade\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static List<Anomaly.Kind> check(WebSocketHandshake handshake, String status, String fields) {
        var answer = Octets.latin1("HTTP/1.1 " + status + "\r\n" + fields.replace("\n", "\r\n") + "\r\n\r\n");
        var response = new ResponseReader(Pieces.inbox(Ending.OPEN, answer), Limits.DEFAULT, "GET").head();
        return handshake.check(response).stream().map(Anomaly::kind).toList();
    }

    private static List<Anomaly.Kind> check(WebSocketHandshake handshake, String fields) {
        return check(handshake, "101 Switching Protocols", fields);
    }

    @Test
    void theRequestHoldsWhatWasAskedFor() {
        var handshake = HANDSHAKE
                .withVersion("8")
                .withKey("k")
                .withSubprotocols("a", "b")
                .withExtensions("permessage-deflate; client_max_window_bits", "x")
                .withField("Origin", "http://h");
        assertEquals("""
            GET /chat HTTP/1.1\r
            Host: h\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: k\r
            Sec-WebSocket-Version: 8\r
            Sec-WebSocket-Protocol: a, b\r
            Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x\r
            Origin: http://h\r
            \r
            """, handshake.request().toLatin1());
    }

    @Test
    void aRightAnswerIsRight() {
        assertEquals(List.of(), check(HANDSHAKE, RIGHT));
        assertEquals(
                List.of(),
                check(
                        HANDSHAKE.withSubprotocols("a", "b").withExtensions("permessage-deflate", "y"),
                        RIGHT
                                + "\n"
                                + "Sec-WebSocket-Protocol: b\n"
                                + "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover"));
    }

    @Test
    void wrongAnswersAreNoticed() {
        assertEquals(List.of(Anomaly.Kind.NOT_SWITCHED), check(HANDSHAKE, "403 Forbidden", "Content-Length: 0"));
        assertEquals(List.of(Anomaly.Kind.WRONG_ACCEPT), check(HANDSHAKE.withKey("other"), RIGHT));
        assertEquals(List.of(Anomaly.Kind.WRONG_ACCEPT), check(HANDSHAKE, RIGHT.replace("Accept: s", "Accept: S")));
        assertEquals(List.of(Anomaly.Kind.WRONG_UPGRADE), check(HANDSHAKE, RIGHT.replace("websocket", "h2c")));
        assertEquals(
                List.of(Anomaly.Kind.WRONG_UPGRADE),
                check(HANDSHAKE, RIGHT.replace("keep-alive, Upgrade", "keep-alive")));
        for (var subprotocol : List.of("c", "a, b", "A", "a\nSec-WebSocket-Protocol: b")) {
            assertEquals(
                    List.of(Anomaly.Kind.WRONG_SUBPROTOCOL),
                    check(HANDSHAKE.withSubprotocols("a", "b"), RIGHT + "\nSec-WebSocket-Protocol: " + subprotocol));
        }
        assertEquals(
                List.of(Anomaly.Kind.WRONG_EXTENSION),
                check(HANDSHAKE, RIGHT + "\nSec-WebSocket-Extensions: permessage-deflate"));
        assertEquals(
                List.of(Anomaly.Kind.WRONG_EXTENSION),
                check(HANDSHAKE.withExtensions("y"), RIGHT + "\nSec-WebSocket-Extensions: y, y; a=1"));
    }
}
