package io.asgi4j.server.netty.http2;

import static io.asgi4j.server.netty.testing.Http2Wire.concat;
import static io.asgi4j.server.netty.testing.Http2Wire.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.Http2Wire;
import io.asgi4j.server.netty.testing.HttpApplication;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.ClientDisconnectedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That what a client controls has bounds, and that other clients are served meanwhile. */
@UnderBothSchedulers
class LimitTests extends ServerTests {
    private static final int MANY = 2_000;
    private static final int MAX_STREAMS = 100;

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);
    private final HttpApplication slow = (scope, receive, send) -> {
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            if (scope.path().equals("/slow")) {
                await(go);
            }
            Answers.text(send, "ok");
        } finally {
            running.decrementAndGet();
        }
    };

    LimitTests(Setup setup) {
        super(setup);
    }

    private Http2Wire client(TestServer server, int... settings) throws Exception {
        var client = closing(Http2Wire.connect(server.port(), settings));
        // The server's settings are acknowledged, so that this stands nowhere in between.
        client.await(Http2Wire.WINDOW_UPDATE, 0);
        return client;
    }

    private void assertServes(TestServer server) throws Exception {
        assertEquals("ok", client(server).get(1, "/").response(1).body());
    }

    /** Sends for each stream what a builder gives, all of it or up to the end of the connection. */
    private void flood(Http2Wire client, StreamOctets octets) throws Exception {
        var all = new ByteArrayOutputStream();
        for (var i = 0; i < MANY; i++) {
            octets.write(all, 2 * i + 1);
        }
        // The server may end the connection while this is sent, and wants its answer read.
        var sending = Thread.ofVirtual().start(() -> client.trySend(all.toByteArray()));
        client.assertGoesAway(Http2Wire.ENHANCE_YOUR_CALM);
        sending.join(Duration.ofSeconds(10));
    }

    @FunctionalInterface
    private interface StreamOctets {
        void write(ByteArrayOutputStream out, int stream) throws Exception;
    }

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        return Http2Wire.octets(type, flags, stream, payload);
    }

    private static byte[] head(Http2Wire client, int stream, String path) {
        return frame(
                Http2Wire.HEADERS,
                Http2Wire.END_HEADERS | Http2Wire.END_STREAM,
                stream,
                client.block(request("GET", path)));
    }

    @Test
    void resettingRequestsRapidlyEndsTheConnection() throws Exception {
        var server = serve(slow);
        var client = client(server);
        flood(client, (out, stream) -> {
            out.write(head(client, stream, "/slow"));
            out.write(frame(Http2Wire.RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8));
        });
        assertServes(server);
        assertTrue(mostRunning.get() <= MAX_STREAMS + 1, () -> "running at a time: " + mostRunning);
        go.countDown();
    }

    /** Frames that are an error of the stream on which a whole request came. */
    static List<Arguments> errorsOfAStream() {
        return List.of(
                Arguments.argumentSet("no increment", Http2Wire.WINDOW_UPDATE, new byte[4]),
                Arguments.argumentSet("data behind the end", Http2Wire.DATA, new byte[1]),
                Arguments.argumentSet("a priority of four octets", Http2Wire.PRIORITY, new byte[4]));
    }

    @ParameterizedTest
    @MethodSource("errorsOfAStream")
    void makingTheServerResetEndsTheConnection(int type, byte[] payload) throws Exception {
        var server = serve(slow);
        var client = client(server);
        flood(client, (out, stream) -> {
            out.write(head(client, stream, "/slow"));
            out.write(frame(type, 0, stream, payload));
        });
        assertServes(server);
        assertTrue(mostRunning.get() <= MAX_STREAMS + 1, () -> "running at a time: " + mostRunning);
        go.countDown();
    }

    @Test
    void anotherHeadOnTheSameStreamResetsIt() throws Exception {
        var server = serve(slow);
        var client = client(server);
        client.get(1, "/slow").get(1, "/slow").assertReset(1, Http2Wire.STREAM_CLOSED);
        go.countDown();
    }

    @Test
    void slotsAreThoseOfApplicationsAndNotOfStreams() throws Exception {
        var server = serve(options().with(ServerOptions.H2_MAX_STREAMS, 2), slow);
        var client = client(server).get(1, "/slow").get(3, "/slow");
        client.reset(1, Http2Wire.CANCEL).reset(3, Http2Wire.CANCEL);
        client.get(5, "/").assertReset(5, Http2Wire.REFUSED_STREAM);
        go.countDown();
        server.assertThrows(ClientDisconnectedException.class);
        server.assertThrows(ClientDisconnectedException.class);
        assertServes(server);
    }

    @Test
    void streamsBeyondTheLimitAreRefusedAndOthersFinish() throws Exception {
        var server = serve(slow);
        var client = client(server);
        for (var i = 0; i <= MAX_STREAMS; i++) {
            client.get(2 * i + 1, "/slow");
        }
        client.assertReset(2 * MAX_STREAMS + 1, Http2Wire.REFUSED_STREAM);
        go.countDown();
        var response = client.response(1);
        assertEquals("ok", response.body(), response::toString);
    }

    @Test
    void aClientThatTakesNoHeadersIsAnsweredAllTheSame() throws Exception {
        assertEquals("ok", client(serve(slow), 6, 1).get(1, "/").response(1).body());
    }

    @Test
    void aFloodOfContinuationsEndsTheConnection() throws Exception {
        var server = serve(slow);
        var client = client(server);
        client.frame(Http2Wire.HEADERS, 0, 1, client.block(request("GET", "/")));
        flood(client, (out, stream) -> out.write(frame(Http2Wire.CONTINUATION, 0, 1)));
        assertServes(server);
    }

    @Test
    void fieldsThatAreTooLargeAreAnsweredWith431() throws Exception {
        var server = serve(slow);
        var client = client(server);
        var block = client.block(concat(request("GET", "/"), "x-a", "~".repeat(33_000)));
        client.frame(Http2Wire.HEADERS, Http2Wire.END_STREAM, 1, Arrays.copyOf(block, 16_384));
        client.frame(Http2Wire.CONTINUATION, 0, 1, Arrays.copyOfRange(block, 16_384, 32_768));
        client.frame(Http2Wire.CONTINUATION, Http2Wire.END_HEADERS, 1, Arrays.copyOfRange(block, 32_768, block.length));
        assertEquals(431, Http2Wire.status(client.await(Http2Wire.HEADERS, 1)));
        assertServes(server);
    }

    @Test
    void tooManyCookieCrumbsAreAnsweredWith431() throws Exception {
        var server = serve(slow);
        var client = client(server);
        var fields = request("GET", "/");
        for (var i = 0; i < 300; i++) {
            fields = concat(fields, "cookie", "");
        }
        assertEquals(431, client.headers(1, true, fields).response(1).status());
        assertEquals("ok", client.get(3, "/").response(3).body());
    }

    @Test
    void floodsOfControlFramesEndTheConnection() throws Exception {
        var server = serve(slow);
        for (var flood : new byte[][] {
            frame(Http2Wire.PING, 0, 0, new byte[8]),
            frame(Http2Wire.SETTINGS, 0, 0),
            frame(Http2Wire.SETTINGS, 0, 0, (byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0),
            frame(Http2Wire.PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 9}),
            frame(Http2Wire.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1}),
            frame(99, 0, 0)
        }) {
            flood(client(server), (out, stream) -> out.write(flood));
            assertServes(server);
        }
    }

    @Test
    void aTableWhoseSizeChangesAllTheTimeEndsTheConnection() throws Exception {
        var server = serve(slow);
        var none = frame(Http2Wire.SETTINGS, 0, 0, new byte[] {0, 1, 0, 0, 0, 0});
        var usual = frame(Http2Wire.SETTINGS, 0, 0, new byte[] {0, 1, 0, 0, 16, 0});
        flood(client(server), (out, stream) -> out.write(stream % 4 == 1 ? none : usual));
        assertServes(server);
    }

    @Test
    void aFloodOfEmptyDataEndsTheConnection() throws Exception {
        var server = serve(slow);
        var client = client(server).post(1, "/slow");
        flood(client, (out, stream) -> out.write(frame(Http2Wire.DATA, 0, 1)));
        assertServes(server);
        go.countDown();
    }

    @Test
    void oneFrameOfManySettingsIsTakenOnce() throws Exception {
        var settings = ByteBuffer.allocate(6 * 2_700);
        for (var i = 0; i < 2_700; i++) {
            settings.putShort((short) 4).putInt(i);
        }
        var client = client(serve(slow)).frame(Http2Wire.SETTINGS, 0, 0, settings.array());
        assertEquals("ok", client.get(1, "/").response(1).body());
    }

    @Test
    void aFrameThatIsTooLargeIsAnError() throws Exception {
        var client = client(serve(slow)).post(1, "/");
        client.trySend(frame(Http2Wire.DATA, 0, 1, new byte[16_385]));
        while (true) {
            var end = client.next();
            if (end.type() == Http2Wire.GOAWAY || end.type() == Http2Wire.RST_STREAM) {
                assertEquals(Http2Wire.FRAME_SIZE_ERROR, end.error());
                return;
            }
            assertTrue(end.type() >= 0);
        }
    }

    private static Options impatient(ServerOption<Duration> timeout) {
        return options().with(timeout, Duration.ofMillis(300));
    }

    @Test
    void halfAPrefaceIsWaitedForNotForEver() throws Exception {
        var client = closing(Http2Wire.silent(
                serve(impatient(ServerOptions.HEADER_TIMEOUT), slow).port()));
        client.send("PRI * HTTP".getBytes(StandardCharsets.US_ASCII));
        assertEquals(-1, client.next().type());
    }

    @Test
    void fieldsThatAreNotFinishedAreWaitedForNotForEver() throws Exception {
        var client = client(serve(impatient(ServerOptions.HEADER_TIMEOUT), slow));
        client.frame(Http2Wire.HEADERS, 0, 1, client.block(request("GET", "/")));
        client.assertGoesAway(Http2Wire.PROTOCOL_ERROR);
    }

    @Test
    void anIdleConnectionEndsWithoutAnError() throws Exception {
        var client = client(serve(impatient(ServerOptions.KEEP_ALIVE_TIMEOUT), slow));
        client.get(1, "/").response(1);
        client.assertGoesAway(Http2Wire.NO_ERROR);
    }

    @Test
    void aBodyThatStopsIsWaitedForNotForEver() throws Exception {
        var server =
                serve(impatient(ServerOptions.BODY_TIMEOUT), (scope, receive, send) -> Answers.echo(receive, send));
        assertEquals(
                408, client(server).post(1, "/").data(1, "x", false).response(1).status());
    }

    @Test
    void aStreamWhoseWindowStaysClosedIsGivenUp() throws Exception {
        var server = serve(impatient(ServerOptions.WRITE_TIMEOUT), (scope, receive, send) -> {
            if (scope.path().equals("/")) {
                Answers.text(send, "ok");
            } else {
                Answers.text(send, "x".repeat(200_000));
            }
        });
        var client = client(server, 4, 1).get(1, "/stalled");
        client.assertReset(1, Http2Wire.CANCEL);
        client.settings(4, 65_535).get(3, "/");
        assertEquals("ok", client.response(3).body());
    }

    @Test
    void aClientThatDribblesIsGivenUp() throws Exception {
        var options = impatient(ServerOptions.WRITE_TIMEOUT).with(ServerOptions.MIN_DATA_RATE, 1 << 20);
        var server = serve(options, (scope, receive, send) -> Answers.text(send, "x".repeat(200_000)));
        var client = client(server, 4, 0).get(1, "/");
        var over = new CompletableFuture<Boolean>();
        var dribble = Thread.ofVirtual().start(() -> {
            while (!over.isDone() && client.trySend(frame(Http2Wire.WINDOW_UPDATE, 0, 1, new byte[] {0, 0, 0, 1}))) {
                LockSupport.parkNanos(20_000_000);
            }
        });
        client.assertReset(1, Http2Wire.CANCEL);
        over.complete(true);
        dribble.join();
    }

    @Test
    void aConnectionThatTurnsOutToBeHttp2WhenTheServerStopsIsToldSo() throws Exception {
        var server = serve(options().with(ServerOptions.LATE_REQUEST_TIMEOUT, WireClient.PATIENCE), slow);
        var late = closing(Http2Wire.silent(server.port()));
        var client = client(server);
        client.ping().await(Http2Wire.PING, 0);
        var drained = drain(server);
        client.await(Http2Wire.GOAWAY, 0);
        late.preface().get(1, "/");
        assertEquals(Integer.MAX_VALUE, late.await(Http2Wire.GOAWAY, 0).lastStream());
        assertEquals("ok", late.response(1).body());
        late.close();
        client.close();
        drained.get();
    }

    private static CompletableFuture<Void> drain(TestServer server) {
        return CompletableFuture.runAsync(() -> {
            try {
                server.drain(WireClient.PATIENCE);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void drainingAnnouncesTheEndAndServesWhatIsUnderWayOrOnItsWay() throws Exception {
        var server = serve(slow);
        var client = client(server).get(1, "/slow");
        client.ping().await(Http2Wire.PING, 0);
        var drained = drain(server);
        assertEquals(Integer.MAX_VALUE, client.await(Http2Wire.GOAWAY, 0).lastStream());
        assertEquals("ok", client.get(3, "/").response(3).body());
        assertEquals(3, client.await(Http2Wire.GOAWAY, 0).lastStream());
        client.get(5, "/");
        assertFalse(drained.isDone());
        go.countDown();
        var response = client.response(1);
        assertEquals("ok", response.body(), response::toString);
        client.assertGoesAway(Http2Wire.NO_ERROR);
        client.close();
        drained.get();
        assertEquals(2, server.calls().intValue());
    }

    @Test
    void fieldsThatAreNotFinishedAreNotWaitedForLongerBecauseTheServerStops() throws Exception {
        var server = serve(
                options()
                        .withText(ServerOptions.HEADER_TIMEOUT, "500ms")
                        .withText(ServerOptions.LATE_REQUEST_TIMEOUT, "10ms"),
                slow);
        var client = client(server).get(1, "/slow");
        client.ping().await(Http2Wire.PING, 0);
        client.frame(Http2Wire.HEADERS, 0, 3, client.block(request("GET", "/")));
        server.stopAccepting();
        client.assertGoesAway(Http2Wire.PROTOCOL_ERROR);
        go.countDown();
    }

    @Test
    void anErrorIsReadableForAClientThatStillSends() throws Exception {
        var client = client(serve(slow)).post(1, "/");
        client.trySend(frame(Http2Wire.WINDOW_UPDATE, 0, 0, new byte[4]));
        client.trySend(new byte[200_000]);
        client.assertGoesAway(Http2Wire.PROTOCOL_ERROR);
    }
}
