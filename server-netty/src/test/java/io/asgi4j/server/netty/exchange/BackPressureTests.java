package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.OnEveryTransport;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.extension.HttpResponseZeroCopySend;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a client that does not read, and an application that does not receive, are waited for within bounds. */
@OnEveryTransport
class BackPressureTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int PART = 64 << 10;
    /** More than the kernel and the server keep for a connection on loopback, by far. */
    private static final int MANY = 1000;

    BackPressureTests(Setup setup) {
        super(setup);
    }

    private static Options impatient() {
        return options().withText(ServerOptions.WRITE_TIMEOUT, "200ms");
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
    void sendBlocksWhileTheClientDoesNotRead() throws Exception {
        var sent = new AtomicInteger();
        var server = serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.of("content-length", "" + MANY * PART)));
            for (var i = 0; i < MANY; i++) {
                send.send(new HttpResponseBody(
                        HttpResponseBody.more("x".repeat(PART)).body(), i + 1 < MANY));
                sent.incrementAndGet();
            }
        });
        var client = connectWithSmallWindow(server).send(GET);
        assertEquals('H', client.readByte());
        assertTrue(settled(sent) < MANY / 2, () -> "sent " + sent);
        client.skipToEnd("\r\n\r\n", (long) MANY * PART);
        server.assertReturns();
        assertEquals(MANY, sent.get());
    }

    @Test
    void theLastPartIsSentThoughItIsLargerThanEveryBuffer() throws Exception {
        var server = serve((scope, receive, send) -> Answers.text(send, "x".repeat(20_000_000)));
        var client = connectWithSmallWindow(server).send(GET);
        server.assertReturns();
        client.skipToEnd("\r\n\r\n", 20_000_000);
        assertEquals('H', client.send(GET).readByte());
    }

    @Test
    void aBlockedSendEndsWhenTheClientGoes() throws Exception {
        var sent = new AtomicInteger();
        var server = serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            while (true) {
                send.send(HttpResponseBody.more("x".repeat(PART)));
                sent.incrementAndGet();
            }
        });
        var client = connectWithSmallWindow(server).send(GET);
        client.readByte();
        settled(sent);
        client.reset();
        server.assertThrows(ClientDisconnectedException.class);
    }

    @Test
    void aBlockedSendEndsWhenItsThreadIsInterrupted() throws Exception {
        var sent = new AtomicInteger();
        var application = new CompletableFuture<Thread>();
        var server = serve((scope, receive, send) -> {
            application.complete(Thread.currentThread());
            send.send(new HttpResponseStart(200));
            while (true) {
                send.send(HttpResponseBody.more("x".repeat(PART)));
                sent.incrementAndGet();
            }
        });
        connectWithSmallWindow(server).send(GET);
        application.get();
        settled(sent);
        application.get().interrupt();
        server.assertThrows(InterruptedException.class);
    }

    @Test
    void aClientThatStopsReadingIsGivenUp() throws Exception {
        var server = serve(impatient(), (scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            while (true) {
                send.send(HttpResponseBody.more("x".repeat(PART)));
            }
        });
        var client = connectWithSmallWindow(server).send(GET);
        client.readByte();
        server.assertThrows(ClientDisconnectedException.class);
    }

    @Test
    void aClientThatStopsReadingAFileIsGivenUp(@TempDir Path directory) throws Exception {
        var path = directory.resolve("large");
        try (var file = Files.newOutputStream(path)) {
            for (var i = 0; i < MANY / 2; i++) {
                file.write(new byte[PART]);
            }
        }
        var server = serve(impatient(), (scope, receive, send) -> {
            try (var file = FileChannel.open(path)) {
                send.send(new HttpResponseStart(200));
                send.send(new HttpResponseZeroCopySend(file));
            }
        });
        connectWithSmallWindow(server).send(GET).readByte();
        server.assertThrows(ClientDisconnectedException.class);
    }

    @Test
    void aClientThatStopsReadingTheLastAnswerIsGivenUp() throws Exception {
        var left = new CountDownLatch(1);
        var server = serve(impatient(), (scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.of("connection", "close")));
            send.send(HttpResponseBody.last("x".repeat(20_000_000)));
            left.countDown();
        });
        var client = connectWithSmallWindow(server).send(GET);
        await(left);
        server.stopAccepting();
        // Draining ends by itself only if the server gave the connection up.
        server.drain(WireClient.PATIENCE);
        assertTrue(client.skip(20_000_000) < 20_000_000);
    }

    @Test
    void aSlowClientThatReadsNowAndThenIsNotGivenUp() throws Exception {
        var size = 10_000_000;
        var patient = options().withText(ServerOptions.WRITE_TIMEOUT, "800ms");
        var server = serve(patient, (scope, receive, send) -> Answers.text(send, "x".repeat(size)));
        var client = connectWithSmallWindow(server).send(GET);
        server.assertReturns();
        assertTrue(client.readUntil("\r\n\r\n"));
        var pause = new Semaphore(0);
        for (var i = 0; i < 20; i++) {
            assertEquals(size / 20, client.skip(size / 20));
            assertFalse(pause.tryAcquire(50, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void answersToPipelinedRequestsDoNotPileUpBehindAClientThatDoesNotRead() throws Exception {
        var server = serve((scope, receive, send) -> {
            if (scope.path().equals("/large")) {
                Answers.text(send, "x".repeat(20_000_000));
            }
        });
        var client = connectWithSmallWindow(server).send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
        server.assertReturns();
        client.send(GET.repeat(100));
        assertEquals(1, settled(server.calls()));
        client.skipToEnd("\r\n\r\n", 20_000_000);
        for (var i = 0; i < 100; i++) {
            assertEquals(500, client.read().status());
        }
    }

    private void assertReadingStops(String head, String part) throws Exception {
        var go = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            go.await();
            Answers.text(send, "" + Answers.body(receive).length());
        });
        var client = connect(server).send(head);
        var written = new AtomicInteger();
        var writer = Thread.ofPlatform().daemon().start(() -> {
            try {
                for (var i = 0; i < MANY; i++) {
                    client.send(part);
                    written.incrementAndGet();
                }
            } catch (IOException closed) {
                written.set(MANY);
            }
        });
        assertTrue(settled(written) < MANY / 2, () -> "written " + written);
        go.countDown();
        writer.join();
        assertEquals(
                "" + MANY * PART,
                client.send(part.length() > PART ? "0\r\n\r\n" : "").read().body());
    }

    @Test
    void theServerStopsReadingABodyThatNobodyReceives() throws Exception {
        assertReadingStops(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + MANY * PART + "\r\n\r\n", "x".repeat(PART));
    }

    @Test
    void theServerStopsReadingChunksThatNobodyReceives() throws Exception {
        assertReadingStops(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                "10000\r\n" + "x".repeat(PART) + "\r\n");
    }

    @Test
    void sendAfterTheClientWentThrowsEveryTime() throws Exception {
        var gone = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            receive.receive();
            receive.receive();
            await(gone);
            for (var i = 0; i < 3; i++) {
                assertThrows(ClientDisconnectedException.class, () -> {
                    while (true) {
                        send.send(HttpResponseBody.more("x"));
                    }
                });
                assertTrue(scope.connection().disconnected().isSet());
            }
            assertThrows(ClientDisconnectedException.class, () -> send.send(new HttpResponseStart(200)));
        });
        var client = connect(server).send(GET);
        client.readByte();
        client.reset();
        gone.countDown();
        server.assertReturns();
    }
}
