package io.asgi4j.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.OnEveryTransport;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How long a connection lives, and what it is given up for. */
@OnEveryTransport
class ConnectionTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    ConnectionTests(Setup setup) {
        super(setup);
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    @Test
    void pipelinedRequestsAreCalledOneAtATimeAndAnsweredInOrder() throws Exception {
        var first = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            if (scope.path().equals("/1")) {
                first.await();
            }
            Answers.text(send, scope.path());
        });
        var client = connect(server).send(get("/1") + get("/2") + get("/3"));
        client.assertSilent();
        assertEquals(1, server.calls().intValue());
        first.countDown();
        assertEquals("/1", client.read().body());
        assertEquals("/2", client.read().body());
        assertEquals("/3", client.read().body());
    }

    @Test
    void anAnswerDoesNotWaitForThatToThePipelinedRequestBehindIt() throws Exception {
        var second = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            if (scope.path().equals("/2")) {
                second.await();
            }
            Answers.text(send, scope.path());
        });
        var client = connect(server).send(get("/1") + get("/2"));
        assertEquals("/1", client.read().body());
        second.countDown();
        assertEquals("/2", client.read().body());
    }

    @Test
    void aFloodOfPipelinedRequestsIsAnsweredWholeAndInOrder() throws Exception {
        var server = serve((scope, receive, send) -> Answers.text(send, scope.path()));
        var requests = new StringBuilder();
        for (var i = 0; i < 500; i++) {
            requests.append(get("/" + i));
        }
        var client = connect(server).send(requests.toString());
        for (var i = 0; i < 500; i++) {
            assertEquals("/" + i, client.read().body());
        }
    }

    @Test
    void nothingIsServedBehindARequestThatClosesTheConnection() throws Exception {
        var server = serve((scope, receive, send) -> Answers.text(send, scope.path()));
        var client = connect(server).send("GET /1 HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n" + get("/2"));
        var reply = client.read();
        assertEquals("/1", reply.body());
        assertEquals("close", reply.field("connection"));
        client.assertEnds();
        assertEquals(1, server.calls().intValue());
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        var idle = options().withText(ServerOptions.KEEP_ALIVE_TIMEOUT, "300ms");
        var server = serve(idle, (scope, receive, send) -> Answers.text(send, ""));
        connect(server).assertCloses();
        var client = connect(server);
        client.send(GET).read();
        client.assertCloses();
    }

    @Test
    void aConnectionIsNotIdleWhileTheApplicationWorks() throws Exception {
        var idle = options().withText(ServerOptions.KEEP_ALIVE_TIMEOUT, "300ms");
        var working = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var server = serve(idle, (scope, receive, send) -> {
            working.countDown();
            go.await();
            Answers.text(send, "late");
        });
        var client = connect(server).send(GET);
        await(working);
        // one that came later, and is idle, has its end meanwhile
        connect(server).assertCloses();
        go.countDown();
        assertEquals("late", client.read().body());
    }

    @Test
    void aHeadThatTricklesInIsLimitedAsAWhole() throws Exception {
        var server = serve(options().withText(ServerOptions.HEADER_TIMEOUT, "300ms"), (scope, receive, send) -> {});
        var client = connect(server).send("GET / HTTP/1.1\r\n");
        var writer = Thread.ofVirtual().start(() -> {
            for (var i = 0; i < 25; i++) {
                client.trySend("X: y\r\n");
                LockSupport.parkNanos(20_000_000);
            }
        });
        assertEquals(408, client.read().status());
        client.close();
        writer.join();
        assertEquals(0, server.calls().intValue());
    }

    @Test
    void aBodyThatStopsIsA408AndADisconnect() throws Exception {
        var server = serve(options().withText(ServerOptions.BODY_TIMEOUT, "100ms"), (scope, receive, send) -> {
            while (!(receive.receive() instanceof HttpDisconnect)) {}
        });
        var client = connect(server).send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhello");
        assertEquals(408, client.read().status());
        client.assertEnds();
        server.assertReturns();
    }

    @Test
    void aBodyThatStopsIsLimitedAlsoIfItsRequestWasPipelined() throws Exception {
        var first = new CountDownLatch(1);
        var server = serve(options().withText(ServerOptions.BODY_TIMEOUT, "100ms"), (scope, receive, send) -> {
            if (scope.method().equals("GET")) {
                first.await();
                Answers.text(send, scope.path());
            } else {
                while (!(receive.receive() instanceof HttpDisconnect)) {}
            }
        });
        var client = connect(server).send(get("/1") + "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhello");
        client.assertSilent();
        first.countDown();
        assertEquals("/1", client.read().body());
        assertEquals(408, client.read().status());
    }

    @Test
    void theLimitForABodyDoesNotRunBeforeTheClientIsAskedForIt() throws Exception {
        var wanted = new CountDownLatch(1);
        var client = connect(serve(options().withText(ServerOptions.BODY_TIMEOUT, "100ms"), (scope, receive, send) -> {
            wanted.await();
            Answers.echo(receive, send);
        }));
        client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        client.assertSilent();
        wanted.countDown();
        assertEquals(100, client.read().status());
        assertEquals(408, client.read().status());
    }

    @Test
    void headsAreLimitedInSizeAndNumber() throws Exception {
        var small = options()
                .with(ServerOptions.MAX_REQUEST_LINE, 300)
                .with(ServerOptions.MAX_HEADER_SIZE, 400)
                .with(ServerOptions.MAX_HEADER_FIELDS, 5);
        var server = serve(small, (scope, receive, send) -> {});
        assertEquals(
                414, connect(server).trySend(get("/" + "x".repeat(300))).read().status());
        var size = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(400) + "\r\n\r\n";
        assertEquals(431, connect(server).trySend(size).read().status());
        var count = "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(5) + "\r\n";
        assertEquals(431, connect(server).trySend(count).read().status());
        assertEquals(0, server.calls().intValue());
    }

    private boolean isAnswered(TestServer server) {
        try {
            return connect(server).trySend(GET).answersWith("HTTP/1.1 200");
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAndRoomIsMadeAgain() throws Exception {
        var server = serve(
                options().with(ServerOptions.MAX_CONNECTIONS, 1).with(ServerOptions.ACCESS_LOG, false),
                (scope, receive, send) -> Answers.text(send, "in"));
        var log = closing(CapturedLog.of("asgi4j"));
        var first = connect(server);
        assertEquals("in", first.send(GET).read().body());
        // Refused before TLS, where there is any.
        closing(WireClient.connect(server.port())).trySend(GET).assertEnds();
        assertTrue(log.nextLine().startsWith("WARN Refused a connection"));
        first.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").read();
        first.assertCloses();
        first.close();
        // The client's end of the connection may be there before the server's is counted.
        for (var answered = false; !answered; ) {
            answered = isAnswered(server);
        }
    }

    @Test
    void oneCallTooManyIsAnsweredWith503UntilThereIsRoomAgain() throws Exception {
        var log = closing(CapturedLog.of("asgi4j.access"));
        var go = new CountDownLatch(1);
        var server = serve(options().with(ServerOptions.MAX_RUNNING, 1), (scope, receive, send) -> {
            Answers.text(send, scope.path());
            go.await();
        });
        // The first call goes on after its response.
        assertEquals("/1", connect(server).send(get("/1")).read().body());
        var refused = connect(server).send(get("/2")).read();
        assertEquals(503, refused.status());
        assertEquals("1", refused.field("retry-after"));
        log.nextLine();
        assertTrue(log.nextLine().endsWith("\"GET /2 HTTP/1.1\" 503 Service Unavailable"));
        go.countDown();
        server.assertReturns();
        // The application has returned a moment before its call is over.
        for (var answered = false; !answered; ) {
            answered = connect(server).send(get("/3")).answersWith("HTTP/1.1 200");
        }
    }

    @Test
    void anEarlyAnswerIsReadByAClientThatStillSends() throws Exception {
        var client = connect(serve((scope, receive, send) -> Answers.text(send, "enough")));
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
        for (var i = 0; i < 20; i++) {
            client.trySend("x".repeat(50_000));
        }
        assertEquals("enough", client.read().body());
        client.assertEnds();
    }

    @Test
    void aShortRestOfABodyIsDroppedAndTheConnectionKept() throws Exception {
        var client = connect(serve((scope, receive, send) -> Answers.text(send, scope.path())));
        client.send("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nhello");
        assertEquals("/1", client.read().body());
        client.send("x".repeat(99_995) + get("/2"));
        assertEquals("/2", client.read().body());
    }

    @Test
    void aRefusalIsReadByAClientThatStillSends() throws Exception {
        var client = connect(serve((scope, receive, send) -> {}));
        client.send("POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");
        client.trySend("x".repeat(1_000_000));
        var reply = client.read();
        assertEquals(400, reply.status());
        assertEquals("close", reply.field("connection"));
        assertTrue(reply.complete());
        client.assertEnds();
    }

    @Test
    void everyAnswerIsInTheAccessLog() throws Exception {
        var log = closing(CapturedLog.of("asgi4j.access"));
        var client = connect(serve((scope, receive, send) -> {
            if (scope.path().equals("/a")) {
                Answers.text(send, "");
            }
        }));
        client.send("GET /a?b=%20 HTTP/1.1\r\nHost: a\r\n\r\n").read();
        client.send(get("/c")).read();
        client.send("BROKEN\r\n\r\n").read();
        var address = "INFO 127.0.0.1:" + client.localPort() + " - ";
        assertEquals(address + "\"GET /a?b=%20 HTTP/1.1\" 200 OK", log.nextLine());
        assertEquals(address + "\"GET /c HTTP/1.1\" 500 Internal Server Error", log.nextLine());
        assertEquals(address + "\"- - HTTP/-\" 400 Bad Request", log.nextLine());
    }

    @Test
    void drainingLetsAnExchangeFinishAndClosesIdleConnections() throws Exception {
        var started = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.more("begun, "));
            started.countDown();
            assertFalse(scope.connection().disconnected().isSet());
            scope.connection().draining().await();
            send.send(HttpResponseBody.last("ended"));
        });
        var idle = connect(server);
        var busy = connect(server).send(GET);
        await(started);
        server.stopAccepting();
        server.drain(WireClient.PATIENCE);
        assertEquals("begun, ended", busy.read().body());
        busy.assertCloses();
        idle.assertCloses();
        server.assertReturns();
    }

    @Test
    void aResponseThatStartsWhileDrainingSaysThatTheConnectionCloses() throws Exception {
        var started = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            started.countDown();
            scope.connection().draining().await();
            Answers.text(send, "last");
        });
        var client = connect(server).send(GET);
        await(started);
        server.drain(WireClient.PATIENCE);
        var reply = client.read();
        assertEquals("last", reply.body());
        assertEquals("close", reply.field("connection"));
        client.assertCloses();
    }

    @Test
    void theEndOfTheGracePeriodInterruptsWhatStillRuns() throws Exception {
        var started = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            started.countDown();
            new CountDownLatch(1).await();
        });
        connect(server).send(GET);
        await(started);
        server.stopAccepting();
        var drained = new FutureTask<>(() -> {
            server.drain(Duration.ofMillis(50));
            return true;
        });
        Thread.ofPlatform().start(drained);
        server.assertThrows(InterruptedException.class);
        assertTrue(drained.get());
    }
}
