package io.asgi4j.server.netty.http2;

import static io.asgi4j.server.netty.testing.Http2Wire.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.Http2Wire;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.websocket.ClientFrames;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Header sections that are small on the wire and large in memory, or never end. */
@UnderBothSchedulers
class HeaderSectionTests extends ServerTests {
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_FRAME = 16_384;
    /** The entry of the dynamic table that was added last (RFC 7541 2.3.3), as an indexed field. */
    private static final byte LAST_ADDED = (byte) (0x80 | 62);

    HeaderSectionTests(Setup setup) {
        super(setup);
    }

    private TestServer serve() throws IOException {
        return serve((scope, receive, send) -> Answers.text(send, "ok"));
    }

    private Http2Wire client(TestServer server, int... settings) throws Exception {
        return closing(Http2Wire.connect(server.port(), settings));
    }

    private void assertServes(TestServer server) throws Exception {
        assertEquals("ok", client(server).get(1, "/").response(1).body());
    }

    private static String[] with(String... fields) {
        return Http2Wire.concat(request("GET", "/"), fields);
    }

    /** Sends a section in as few frames as it needs. */
    private static void sendSection(Http2Wire client, int stream, byte[] section) throws IOException {
        for (var at = 0; at < section.length; at += MAX_FRAME) {
            var end = Math.min(section.length, at + MAX_FRAME);
            client.frame(
                    at == 0 ? Http2Wire.HEADERS : Http2Wire.CONTINUATION,
                    (at == 0 ? Http2Wire.END_STREAM : 0) | (end == section.length ? Http2Wire.END_HEADERS : 0),
                    stream,
                    Arrays.copyOfRange(section, at, end));
        }
    }

    private static byte[] references(int count) {
        var references = new byte[count];
        Arrays.fill(references, LAST_ADDED);
        return references;
    }

    /** A field whose value is {@code count * 8 / 5} times the digit zero, which has five bits (RFC 7541 appendix B). */
    private static byte[] zeros(int count) {
        var length = count - 127;
        var prefix = ClientFrames.hex("00 01 78 ff");
        var size = new byte[] {(byte) (0x80 | length), (byte) (0x80 | length >> 7), (byte) (length >> 14)};
        return ClientFrames.join(prefix, size, new byte[count]);
    }

    @Test
    void aValueIsCountedByWhatItExpandsTo() throws Exception {
        var server = serve();
        var client = client(server);
        sendSection(client, 1, ClientFrames.join(client.block(request("GET", "/")), zeros(25_000)));
        assertEquals(431, client.response(1).status());
        sendSection(client, 3, ClientFrames.join(client.block(request("GET", "/")), zeros(15_000)));
        assertEquals("ok", client.response(3).body());
        assertServes(server);
    }

    @Test
    void aFieldIsCountedWheneverItIsReferredTo() throws Exception {
        var server = serve();
        var client = client(server);
        sendSection(client, 1, client.block(with("x-a", "~".repeat(3_900))));
        assertEquals("ok", client.response(1).body());
        sendSection(client, 3, ClientFrames.join(client.block(request("GET", "/")), references(10)));
        assertEquals(431, client.response(3).status());
        assertEquals("ok", client.get(5, "/").response(5).body());
        assertServes(server);
    }

    @Test
    void manySectionsOfTinyReferencesAreEachRefused() throws Exception {
        var server = serve();
        var client = client(server, INITIAL_WINDOW_SIZE, 0);
        sendSection(client, 1, client.block(with("cookie", "")));
        client.await(Http2Wire.HEADERS, 1);
        for (var stream = 3; stream < 43; stream += 2) {
            sendSection(client, stream, ClientFrames.join(client.block(request("GET", "/")), references(15_000)));
            assertEquals(431, Http2Wire.status(client.await(Http2Wire.HEADERS, stream)));
        }
        assertServes(server);
    }

    @Test
    void aSectionThatDribblesIsWaitedForNotForEver() throws Exception {
        var server = serve(
                options().withText(ServerOptions.HEADER_TIMEOUT, "500ms"),
                (scope, receive, send) -> Answers.text(send, "ok"));
        var client = client(server);
        client.frame(Http2Wire.HEADERS, Http2Wire.END_STREAM, 1, client.block(request("GET", "/")));
        var over = new CountDownLatch(1);
        var dribble = Thread.ofPlatform().start(() -> {
            // fewer than would end the connection by their number
            for (var i = 0; i < 10 && !ended(over); i++) {
                client.trySend(Http2Wire.octets(Http2Wire.CONTINUATION, 0, 1, new byte[] {(byte) 0x82}));
            }
        });
        client.assertGoesAway(Http2Wire.PROTOCOL_ERROR);
        over.countDown();
        dribble.join();
        assertServes(server);
    }

    private static boolean ended(CountDownLatch over) {
        try {
            return over.await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
