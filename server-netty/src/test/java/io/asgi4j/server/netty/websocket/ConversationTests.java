package io.asgi4j.server.netty.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.server.netty.testing.Http2Tunnel;
import io.asgi4j.server.netty.testing.Http2Wire;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketTests;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Odd and hostile frames, octet by octet; it makes no difference to them what the WebSocket runs on. */
@UnderBothSchedulers
class ConversationTests extends WebSocketTests {
    private static final String EXTENSIONS = "sec-websocket-extensions";
    private static final String DEFLATE = "permessage-deflate";

    ConversationTests(Setup setup) {
        super(setup);
    }

    private TestServer server() throws IOException {
        return serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            echo(receive, send);
        });
    }

    static List<Conversation> conversations() {
        return Conversation.all();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void aConversationOverHttp1GoesAsItShould(Conversation conversation) throws Exception {
        var client = client(server());
        client.open(conversation.compressing() ? new String[] {EXTENSIONS + ": " + DEFLATE} : new String[0]);
        client.send(conversation.sent());
        for (var expected : conversation.expected()) {
            assertEquals(expected, words(client.frame()));
        }
        switch (conversation.end()) {
            case "open" -> client.ping("still there").expect("pong still there");
            case "end" -> client.wire().assertEnds();
            default -> throw new AssertionError(conversation.end());
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void aConversationOverHttp2GoesAsItShould(Conversation conversation) throws Exception {
        var client = Http2Tunnel.open(
                closing(Http2Wire.connect(server().port())),
                conversation.compressing() ? new String[] {EXTENSIONS, DEFLATE} : new String[0]);
        client.send(conversation.sent());
        for (var expected : conversation.expected()) {
            assertEquals(expected, words(ServerFrame.read(client)));
        }
        switch (conversation.end()) {
            case "open" -> {
                client.send(ClientFrames.ping("still there"));
                assertEquals("pong still there", ServerFrame.read(client).toString());
            }
            case "end" -> assertEquals(-1, client.read());
            default -> throw new AssertionError(conversation.end());
        }
    }

    /** Without the reason of a Close frame. */
    private static String words(ServerFrame frame) {
        var words = frame.toString();
        return frame.opcode() == Opcode.CLOSE ? words.replaceAll("(close \\d+).*", "$1") : words;
    }
}
