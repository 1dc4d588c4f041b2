package io.asgi4j.server.netty.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.Http2Wire;
import io.asgi4j.server.netty.testing.HttpApplication;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.extension.HttpResponseEarlyHint;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import io.asgi4j.spec.extension.ServerPush;
import java.io.EOFException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of responses by HTTP/2, and of their flow. */
@UnderBothSchedulers
class ResponseTests extends ServerTests {
    private static final int ENABLE_PUSH = 2;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int DEFAULT_WINDOW = 65_535;
    private static final int PART = 16_384;

    ResponseTests(Setup setup) {
        super(setup);
    }

    private Http2Wire client(HttpApplication application) throws Exception {
        return client(serve(application));
    }

    private Http2Wire client(TestServer server, int... settings) throws Exception {
        return closing(Http2Wire.connect(server.port(), settings));
    }

    /** Waits until nothing has been added for a while; returns how much there is. */
    private static int settled(Number count) throws InterruptedException {
        var nothing = new Semaphore(0);
        for (var before = -1; before != count.intValue(); ) {
            before = count.intValue();
            assertFalse(nothing.tryAcquire(200, TimeUnit.MILLISECONDS));
        }
        return count.intValue();
    }

    @Test
    void aResponseHasWhatTheApplicationSentAndNothingOfHttp1() throws Exception {
        var response = client((scope, receive, send) -> {
                    send.send(new HttpResponseStart(
                            201, Headers.of("x-a", "1", "connection", "close", "keep-alive", "a", "upgrade", "b")));
                    send.send(HttpResponseBody.more("Hello, "));
                    send.send(HttpResponseBody.last("world"));
                })
                .get(1, "/")
                .response(1);
        assertEquals(201, response.status());
        assertEquals("Hello, world", response.body());
        assertEquals("1", response.headers().first("x-a"));
        assertEquals("asgi4j", response.headers().first("server"));
        assertTrue(response.headers().contains("date"));
        assertEquals(3, response.headers().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void aResponseWithoutABodyEndsWithItsHead(int status) throws Exception {
        var client = client((scope, receive, send) -> {
            send.send(new HttpResponseStart(status, Headers.empty()));
            send.send(HttpResponseBody.last("dropped"));
        });
        assertTrue(client.get(1, "/").await(Http2Wire.HEADERS, 1).has(Http2Wire.END_STREAM));
    }

    @Test
    void theResponseToHeadHasTheLengthAndNoBody() throws Exception {
        var client = client((scope, receive, send) -> Answers.text(send, "Hello"));
        var head = client.headers(1, true, Http2Wire.request("HEAD", "/")).await(Http2Wire.HEADERS, 1);
        assertTrue(head.has(Http2Wire.END_STREAM));
        assertEquals("5", Http2Wire.decode(head).get("content-length").toString());
    }

    @Test
    void trailersEndAResponseToAClientThatTakesThem() throws Exception {
        var client = client((scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.empty(), true));
            send.send(HttpResponseBody.last("x"));
            send.send(new HttpResponseTrailers(Headers.of("checksum", "42"), false));
        });
        client.headers(1, true, Http2Wire.concat(Http2Wire.request("GET", "/"), "te", "trailers"));
        assertEquals("[checksum: 42]", client.response(1).trailers().toString());
        assertEquals("[]", client.get(3, "/").response(3).trailers().toString());
    }

    @Test
    void earlyHintsComeBeforeTheResponse() throws Exception {
        var client = client((scope, receive, send) -> {
            send.send(new HttpResponseEarlyHint(List.of("</a.css>; rel=preload")));
            Answers.text(send, "x");
        });
        var hint = Http2Wire.decode(client.get(1, "/").await(Http2Wire.HEADERS, 1));
        assertEquals("103", hint.status().toString());
        assertEquals("</a.css>; rel=preload", hint.get("link").toString());
        assertEquals("x", client.response(1).body());
    }

    @Test
    void aFileIsSentWholeAndItsTrailersBehindIt(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("f"), "x".repeat(300_000));
        var client = client((scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.empty(), true));
            send.send(new HttpResponsePathSend(file));
            send.send(new HttpResponseTrailers(Headers.of("a", "b"), false));
        });
        client.windowUpdate(0, 1 << 20);
        client.headers(1, true, Http2Wire.concat(Http2Wire.request("GET", "/"), "te", "trailers"));
        client.windowUpdate(1, 1 << 20);
        var response = client.response(1);
        assertEquals(300_000, response.body().length());
        assertEquals("[a: b]", response.trailers().toString());
    }

    @Test
    void sendBlocksWhileTheWindowOfItsStreamIsClosed() throws Exception {
        var sent = new AtomicInteger();
        var server = serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            for (var i = 0; i < 100; i++) {
                send.send(HttpResponseBody.more("x".repeat(PART)));
                sent.incrementAndGet();
            }
            send.send(HttpResponseBody.end());
        });
        var client = client(server).get(1, "/");
        var most = (DEFAULT_WINDOW + 3 * ServerOptions.WRITE_BUFFER.defaultValue()) / PART;
        assertTrue(settled(sent) <= most, () -> "sent " + sent);
        client.get(3, "/").windowUpdate(0, 100 * PART).windowUpdate(1, 100 * PART);
        assertEquals(100 * PART, client.response(1).body().length());
    }

    @Test
    void theHeadIsSentThoughTheWindowIsClosed() throws Exception {
        var client = client(serve((scope, receive, send) -> Answers.text(send, "Hello")), INITIAL_WINDOW_SIZE, 0);
        assertFalse(client.get(1, "/").await(Http2Wire.HEADERS, 1).has(Http2Wire.END_STREAM));
        client.assertNo(Http2Wire.DATA);
        assertEquals(2, client.windowUpdate(1, 2).await(Http2Wire.DATA, 1).payload().length);
    }

    @Test
    void aWindowThatShrinksBelowNothingIsWaitedFor() throws Exception {
        var client =
                client(serve((scope, receive, send) -> Answers.text(send, "x".repeat(30))), INITIAL_WINDOW_SIZE, 10);
        assertEquals(10, client.get(1, "/").await(Http2Wire.DATA, 1).payload().length);
        client.settings(INITIAL_WINDOW_SIZE, 0).windowUpdate(1, 10);
        client.assertNo(Http2Wire.DATA);
        assertEquals(5, client.windowUpdate(1, 5).await(Http2Wire.DATA, 1).payload().length);
        assertEquals(15, client.windowUpdate(1, 100).await(Http2Wire.DATA, 1).payload().length);
    }

    @Test
    void theWindowOpensOnlyAsTheApplicationTakesTheBody() throws Exception {
        var go = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            await(go);
            Answers.text(send, Answers.body(receive).length() + "");
        });
        var client = client(server).post(1, "/");
        client.await(Http2Wire.WINDOW_UPDATE, 0);
        for (var i = 0; i < 4; i++) {
            client.data(1, "x".repeat(i < 3 ? PART : PART - 1), false);
        }
        client.assertNo(Http2Wire.WINDOW_UPDATE);
        go.countDown();
        client.await(Http2Wire.WINDOW_UPDATE, 1);
        assertEquals("65536", client.data(1, "y", true).response(1).body());
    }

    @Test
    void anApplicationThatDoesNotReadHoldsUpNoOther() throws Exception {
        var go = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            if (scope.path().equals("/stuck")) {
                await(go);
            }
            Answers.text(send, Answers.body(receive).length() + "");
        });
        var client = client(server).post(1, "/stuck").post(3, "/");
        for (var i = 0; i < 4; i++) {
            client.data(1, "x".repeat(i < 3 ? PART : PART - 1), false);
        }
        for (var i = 0; i < 4; i++) {
            client.data(3, "x".repeat(i < 3 ? PART : PART - 1), i == 3);
        }
        assertEquals("65535", client.response(3).body());
        go.countDown();
        client.data(1, "", true).response(1);
    }

    @Test
    void aResetIsADisconnect() throws Exception {
        var server = serve((scope, receive, send) -> {
            while (!(receive.receive() instanceof HttpDisconnect)) {
                continue;
            }
            assertTrue(scope.connection().disconnected().isSet());
            send.send(new HttpResponseStart(200));
        });
        var client = client(server).post(1, "/");
        client.reset(1, Http2Wire.CANCEL);
        server.assertThrows(ClientDisconnectedException.class);
    }

    @Test
    void aResetEndsNoOtherExchange() throws Exception {
        var server = serve((scope, receive, send) -> Answers.text(send, scope.path() + Answers.body(receive)));
        var client = client(server).post(1, "/left").post(3, "/kept").data(3, "Hello, ", false);
        client.reset(1, Http2Wire.CANCEL);
        server.assertThrows(EOFException.class);
        assertEquals(
                "/keptHello, world", client.data(3, "world", true).response(3).body());
        server.assertReturns();
        assertEquals("/later", client.get(5, "/later").response(5).body());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void nothingIsPushedWhetherTheClientTakesPushesOrNot(int push) throws Exception {
        var server = serve((scope, receive, send) ->
                Answers.text(send, "" + scope.extensions().has(ServerPush.class)));
        var client = client(server, ENABLE_PUSH, push).get(1, "/");
        assertEquals("false", client.response(1).body());
        client.assertNo(Http2Wire.PUSH_PROMISE);
    }

    @Test
    void theEndOfTheConnectionIsADisconnectForEveryStream() throws Exception {
        var started = new CountDownLatch(2);
        var server = serve((scope, receive, send) -> {
            started.countDown();
            while (receive.receive() instanceof HttpRequest) {
                continue;
            }
        });
        var client = client(server).get(1, "/").post(3, "/");
        await(started);
        client.close();
        server.assertReturns();
        server.assertReturns();
    }

    @Test
    void aTruncatedResponseIsReset() throws Exception {
        var client = client((scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.of("content-length", "9")));
            send.send(HttpResponseBody.more("Hello"));
        });
        assertEquals(5, client.get(1, "/").await(Http2Wire.DATA, 1).payload().length);
        client.assertReset(1, Http2Wire.INTERNAL_ERROR);
    }

    @Test
    void anApplicationThatFailsIsAnsweredForAndTheConnectionGoesOn() throws Exception {
        var client = client((scope, receive, send) -> {
            throw new IllegalStateException("on purpose");
        });
        assertEquals(500, client.get(1, "/").response(1).status());
        assertEquals(500, client.get(3, "/").response(3).status());
    }

    @Test
    void aClientNeedNotSendWhatNobodyReads() throws Exception {
        var client = client((scope, receive, send) -> Answers.text(send, "early"));
        assertEquals("early", client.post(1, "/").response(1).body());
        for (var i = 0; i < 17; i++) {
            client.data(1, "x".repeat(PART), false);
        }
        client.assertReset(1, Http2Wire.NO_ERROR);
        // What was on its way is no error.
        client.data(1, "x", true);
        assertEquals("early", client.get(3, "/").response(3).body());
    }

    @Test
    void aSmallRestOfABodyIsDropped() throws Exception {
        var client = client((scope, receive, send) -> Answers.text(send, "early"));
        assertEquals("early", client.post(1, "/").response(1).body());
        client.data(1, "x", true).get(3, "/");
        assertEquals("early", client.response(3).body());
    }
}
