package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.OnEveryTransport;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.InboundEvent;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How an application learns that its client left, or that its exchange is over. */
@OnEveryTransport
class DisconnectTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n";

    private final BlockingQueue<InboundEvent> events = new LinkedBlockingQueue<>();
    private final CountDownLatch received = new CountDownLatch(1);

    DisconnectTests(Setup setup) {
        super(setup);
    }

    @Test
    void receiveWaitsAfterTheBodyUntilTheClientReallyLeaves() throws Exception {
        var server = serve((scope, receive, send) -> {
            events.add(receive.receive());
            received.countDown();
            events.add(receive.receive());
            assertTrue(scope.connection().disconnected().isSet());
            events.add(receive.receive());
        });
        var client = connect(server).send(GET);
        await(received);
        assertEquals(HttpRequest.end(), events.take());
        client.assertSilent();
        assertTrue(events.isEmpty());
        client.close();
        server.assertReturns();
        assertEquals(new HttpDisconnect(), events.take());
        assertEquals(new HttpDisconnect(), events.take());
    }

    @Test
    void aResetEndsAReceiveThatWaits() throws Exception {
        var server = serve((scope, receive, send) -> {
            receive.receive();
            received.countDown();
            events.add(receive.receive());
        });
        var client = connect(server).send(GET);
        await(received);
        client.reset();
        server.assertReturns();
        assertEquals(new HttpDisconnect(), events.take());
    }

    @Test
    void receiveAfterTheResponseIsADisconnect() throws Exception {
        var server = serve((scope, receive, send) -> {
            Answers.text(send, "");
            events.add(receive.receive());
            events.add(receive.receive());
            assertTrue(scope.connection().disconnected().isSet());
        });
        connect(server).send(POST + "hello").read();
        server.assertReturns();
        assertEquals(new HttpDisconnect(), events.take());
        assertEquals(new HttpDisconnect(), events.take());
    }

    @Test
    void completingTheResponseEndsAReceiveThatWaits() throws Exception {
        var server = serve((scope, receive, send) -> {
            receive.receive();
            var waiting = new FutureTask<>(receive::receive);
            Thread.ofVirtual().start(waiting);
            Answers.text(send, "");
            events.add(waiting.get(5, TimeUnit.SECONDS));
        });
        connect(server).send(GET).read();
        server.assertReturns();
        assertEquals(new HttpDisconnect(), events.take());
    }

    @Test
    void theSignalTellsOfADisconnectThoughNobodyReceives() throws Exception {
        var acted = new CountDownLatch(1);
        var log = closing(CapturedLog.of(SettableSignal.class.getName()));
        var server = serve((scope, receive, send) -> {
            var disconnected = scope.connection().disconnected();
            assertFalse(disconnected.isSet());
            assertFalse(disconnected.await(Duration.ofMillis(1)));
            disconnected.onSet(acted::countDown);
            disconnected.onSet(() -> {
                throw new IllegalStateException("of no concern to anybody else");
            });
            received.countDown();
            disconnected.await();
        });
        var client = connect(server).send(POST + "hello");
        await(received);
        client.close();
        server.assertReturns();
        await(acted);
        assertTrue(log.nextLine().startsWith("ERROR"));
    }

    @Test
    void theSignalIsSetWhenTheResponseIsComplete() throws Exception {
        var acted = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            scope.connection().disconnected().onSet(acted::countDown);
            Answers.text(send, "");
            scope.connection().disconnected().await();
        });
        var client = connect(server);
        client.send(GET).read();
        server.assertReturns();
        await(acted);
    }

    @Test
    void aSignalThatIsAskedForLateIsSet() throws Exception {
        var server = serve((scope, receive, send) -> {
            Answers.text(send, "");
            scope.connection().disconnected().await();
        });
        connect(server).send(GET).read();
        server.assertReturns();
    }

    @Test
    void aDisconnectDoesNotInterruptTheApplication() throws Exception {
        var server = serve((scope, receive, send) -> {
            received.countDown();
            scope.connection().disconnected().await();
            assertFalse(Thread.currentThread().isInterrupted());
        });
        var client = connect(server).send(GET);
        await(received);
        client.reset();
        server.assertReturns();
    }

    @Test
    void aHalfClosedClientIsToldLeftAndAnsweredAllTheSame() throws Exception {
        var server = serve((scope, receive, send) -> {
            events.add(receive.receive());
            events.add(receive.receive());
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.more("still "));
            send.send(HttpResponseBody.last("there"));
        });
        var client = connect(server).send(GET).finish();
        var reply = client.read();
        assertEquals("still there", reply.body());
        assertTrue(reply.complete());
        client.assertCloses();
        server.assertReturns();
        assertEquals(HttpRequest.end(), events.take());
        assertEquals(new HttpDisconnect(), events.take());
    }

    @Test
    void pipelinedRequestsOfAHalfClosedClientAreAllAnswered() throws Exception {
        var client = connect(serve((scope, receive, send) -> Answers.text(send, scope.path())));
        client.send("GET /1 HTTP/1.1\r\n"
                        + "Host: a\r\n\r\n"
                        + "GET /2 HTTP/1.1\r\n"
                        + "Host: a\r\n\r\n"
                        + "GET /3 HTTP/1.1\r\n"
                        + "Host: a\r\n\r\n")
                .finish();
        assertEquals("/1", client.read().body());
        assertEquals("/2", client.read().body());
        assertEquals("/3", client.read().body());
        client.assertCloses();
    }

    @Test
    void aHalfClosedClientReadsALargeAnswerToItsEnd() throws Exception {
        var size = 5_000_000;
        var server = serve((scope, receive, send) -> Answers.text(send, "x".repeat(size)));
        var client = connectWithSmallWindow(server).send(GET);
        server.assertReturns();
        client.finish();
        client.skipToEnd("\r\n\r\n", size);
        client.assertCloses();
    }

    @Test
    void aHalfClosedClientReadsALargeLastAnswerToItsEnd() throws Exception {
        var size = 5_000_000;
        var server = serve((scope, receive, send) -> Answers.text(send, "x".repeat(size)));
        var client = connectWithSmallWindow(server).send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        server.assertReturns();
        client.finish();
        client.skipToEnd("\r\n\r\n", size);
        client.assertCloses();
    }

    @Test
    void bytesBehindAPauseAndTheFinAreDelivered() throws Exception {
        var go = new CountDownLatch(1);
        var body = "x".repeat(1_000_000);
        var server = serve((scope, receive, send) -> {
            go.await();
            Answers.text(send, "" + Answers.body(receive).length());
        });
        var client = connect(server).send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
        client.send(body).finish();
        go.countDown();
        assertEquals("1000000", client.read().body());
        client.assertCloses();
    }
}
