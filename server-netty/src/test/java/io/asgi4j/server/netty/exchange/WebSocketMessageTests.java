package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketTests;
import io.asgi4j.server.netty.websocket.ClientFrames;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketConnect;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketSend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages both ways, and what the server does about pings and compression by itself. */
@UnderBothSchedulers
class WebSocketMessageTests extends WebSocketTests {
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

    WebSocketMessageTests(Setup setup) {
        super(setup);
    }

    private TestServer echoing() throws IOException {
        return echoing(options());
    }

    private TestServer echoing(Options options) throws IOException {
        return serveWebSocket(options, (scope, receive, send) -> {
            accept(receive, send);
            echo(receive, send);
        });
    }

    @Test
    void aTextMessageArrivesAsTextOnly() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            var message = (WebSocketReceive) receive.receive();
            assertEquals("h\u00e9llo \uD83D\uDE00", message.text());
            assertNull(message.bytes());
        });
        open(server).text("h\u00e9llo \uD83D\uDE00");
        server.assertReturns();
    }

    @Test
    void aBinaryMessageArrivesAsBytesOnly() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            var message = (WebSocketReceive) receive.receive();
            assertEquals(ByteBuffer.wrap(new byte[] {0, -1}), message.bytes());
            assertNull(message.text());
        });
        open(server).binary(new byte[] {0, -1});
        server.assertReturns();
    }

    @Test
    void eachKindIsSentAsItIs() throws Exception {
        open(echoing()).text("text").binary(new byte[] {1}).expect("text text").expect("binary 01");
    }

    @Test
    void emptyMessagesAreMessages() throws Exception {
        open(echoing()).text("").binary(new byte[0]).expect("text ").expect("binary ");
    }

    @ParameterizedTest
    @ValueSource(ints = {125, 126, 127, 65535, 65536, 65537, 1 << 20})
    void messagesOfEverySizeGoBothWays(int size) throws Exception {
        var text = "x".repeat(size);
        open(echoing()).text(text).expect("text " + text);
    }

    @Test
    void fragmentsArriveAsOneMessageWithAPingBetweenThem() throws Exception {
        var client = open(echoing());
        client.send(ClientFrames.frame(1, ClientFrames.utf8("one ")))
                .ping("hello")
                .expect("pong hello")
                .send(ClientFrames.frame(0, ClientFrames.utf8("two ")))
                .send(ClientFrames.frame(ClientFrames.FIN, ClientFrames.utf8("three")))
                .expect("text one two three");
    }

    @Test
    void messagesKeepTheirOrderBothWays() throws Exception {
        var client = open(echoing());
        for (var i = 0; i < 500; i++) {
            client.text("message " + i);
        }
        for (var i = 0; i < 500; i++) {
            client.expect("text message " + i);
        }
    }

    @Test
    void bytesThatWereDeliveredStayTheApplications() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            var first = ((WebSocketReceive) receive.receive()).bytes();
            var second = ((WebSocketReceive) receive.receive()).bytes();
            assertEquals(ByteBuffer.wrap(new byte[] {1, 1, 1}), first);
            assertEquals(ByteBuffer.wrap(new byte[] {2, 2, 2}), second);
        });
        open(server).binary(new byte[] {1, 1, 1}).binary(new byte[] {2, 2, 2});
        server.assertReturns();
    }

    @Test
    void anUnpairedSurrogateIsReplaced() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            send.send(WebSocketSend.text("a\uD800b"));
        });
        open(server).expect("text a?b");
    }

    @Test
    void aMessageLeavesWithoutAnotherCallOfTheApplication() throws Exception {
        var read = new CountDownLatch(1);
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            send.send(WebSocketSend.text("by itself"));
            await(read);
        });
        open(server).expect("text by itself");
        read.countDown();
    }

    // ---- pings

    @Test
    void pingsAreAnsweredAndPongsTakenWithoutTheApplication() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            assertEquals(WebSocketReceive.text("the only event"), receive.receive());
        });
        open(server)
                .ping("p")
                .expect("pong p")
                .pong("unasked")
                .text("the only event")
                .expect("close 1000 ");
        server.assertReturns();
    }

    @Test
    void pingsAreSentAndAClientThatAnswersStays() throws Exception {
        var options = options().withText(ServerOptions.WS_PING_INTERVAL, "50ms");
        var client = open(echoing(options));
        client.expect("ping").pong("").expect("ping").pong("").expect("ping").pong("");
    }

    @Test
    void aClientThatAnswersNoPingIsClosedWith1011() throws Exception {
        var options = options()
                .withText(ServerOptions.WS_PING_INTERVAL, "50ms")
                .withText(ServerOptions.WS_PING_TIMEOUT, "100ms");
        var server = serveWebSocket(options, (scope, receive, send) -> {
            accept(receive, send);
            assertEquals(1011, disconnect(receive).code());
        });
        var client = open(server);
        var last = client.frame();
        while (last.toString().equals("ping")) {
            last = client.frame();
        }
        assertTrue(last.toString().startsWith("close 1011"), last::toString);
        server.assertReturns();
    }

    @Test
    void pingsCanBeSwitchedOff() throws Exception {
        var options = options()
                .withText(ServerOptions.WS_PING_INTERVAL, "0s")
                .withText(ServerOptions.WS_PING_TIMEOUT, "50ms");
        var client = open(echoing(options));
        client.wire().assertSilent();
        client.text("still there").expect("text still there");
    }

    // ---- compression

    @Test
    void compressionIsAgreedOnIfTheClientOffersIt() throws Exception {
        var client = client(echoing());
        assertEquals("permessage-deflate", client.open(OFFER).field("sec-websocket-extensions"));
        var message = "compress me ".repeat(1000);
        client.send(ClientFrames.frame(
                ClientFrames.FIN | ClientFrames.RSV1 | 1,
                ClientFrames.deflate(new Deflater(6, true), ClientFrames.utf8(message))));
        var answer = client.frame();
        assertTrue(answer.payload().length < message.length() / 10);
        assertEquals(message, new String(answer.inflate(new Inflater(true)), StandardCharsets.UTF_8));
    }

    @Test
    void compressionIsNotUsedUnlessTheClientOffersIt() throws Exception {
        var client = client(echoing());
        assertFalse(client.open().has("sec-websocket-extensions"));
        assertFalse(client.text("x".repeat(10_000)).frame().compressed());
    }

    @Test
    void compressionCanBeSwitchedOff() throws Exception {
        var client = client(echoing(options().with(ServerOptions.WS_DEFLATE, false)));
        assertFalse(client.open(OFFER).has("sec-websocket-extensions"));
        assertFalse(client.text("x".repeat(10_000)).frame().compressed());
    }

    @Test
    void aMessageIsTooLargeByWhatItInflatesTo() throws Exception {
        var server =
                serveWebSocket(options().with(ServerOptions.WS_MAX_MESSAGE_SIZE, 64 * 1024), (scope, receive, send) -> {
                    accept(receive, send);
                    assertEquals(1009, ((WebSocketDisconnect) receive.receive()).code());
                });
        var client = open(server, OFFER);
        var bomb = ClientFrames.deflate(new Deflater(9, true), new byte[16 << 20]);
        assertTrue(bomb.length < 64 * 1024);
        client.send(ClientFrames.frame(ClientFrames.FIN | ClientFrames.RSV1 | 2, bomb));
        assertTrue(client.frame().toString().startsWith("close 1009"));
        server.assertReturns();
    }

    // ---- a client that nobody here wrote

    @Test
    void theJdksClientTalksToTheServer() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            assertEquals(List.of("chat", "news"), scope.subprotocols());
            assertEquals(new WebSocketConnect(), receive.receive());
            send.send(new WebSocketAccept("news", Headers.empty()));
            assertEquals(new WebSocketDisconnect(4000, "bye"), echo(receive, send));
        });
        var heard = new LinkedBlockingQueue<String>();
        try (var http = HttpClient.newHttpClient()) {
            var socket = result(http.newWebSocketBuilder()
                    .subprotocols("chat", "news")
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), new Hearing(heard)));
            assertEquals("news", socket.getSubprotocol());
            result(socket.sendText("frag", false));
            result(socket.sendText("ments", true));
            assertEquals("fragments", heard.poll(10, TimeUnit.SECONDS));
            result(socket.sendBinary(ByteBuffer.allocate(3), true));
            assertEquals("3 bytes", heard.poll(10, TimeUnit.SECONDS));
            result(socket.sendPing(ByteBuffer.allocate(2)));
            assertEquals("pong 2", heard.poll(10, TimeUnit.SECONDS));
            result(socket.sendClose(4000, "bye"));
            assertEquals("close 4000", heard.poll(10, TimeUnit.SECONDS));
        }
        server.assertReturns();
    }

    /** Tells what the JDK's client hears, in words. Every message of these tests comes in one part. */
    private record Hearing(BlockingQueue<String> heard) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heard.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            heard.add(data.remaining() + " bytes");
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            heard.add("pong " + message.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.add("close " + code);
            return null;
        }
    }
}
