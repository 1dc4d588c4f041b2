package io.asgi4j.samples.minimal;

import static io.asgi4j.samples.minimal.TestServer.GET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.samples.minimal.TestServer.Report;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketAccept;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ExchangeTests {
    private static final String PART = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\npart";

    private static void answer(Send send) throws Exception {
        send.send(new HttpResponseStart(200));
        send.send(HttpResponseBody.last("good"));
    }

    private static String refused(Send send, OutboundEvent event) {
        return assertThrows(IllegalEventException.class, () -> send.send(event)).getMessage();
    }

    private static boolean interrupted(Thread thread) throws InterruptedException {
        thread.interrupt();
        thread.join();
        return true;
    }

    @Test
    void anIllegalEventIsRefusedWithoutEffect() throws Exception {
        var report = new Report();
        try (var server = TestServer.http((scope, receive, send) -> {
            report.add(refused(send, HttpResponseBody.end()));
            report.add(refused(send, new WebSocketAccept()));
            report.add(refused(send, new HttpResponseStart(200, Headers.of("content-length", "x"))));
            report.add(refused(send, new HttpResponseStart(200, Headers.empty(), true)));
            send.send(new HttpResponseStart(200, Headers.of("content-length", "4")));
            report.add(refused(send, new HttpResponseStart(500)));
            report.add(refused(send, HttpResponseBody.last("too long")));
            send.send(HttpResponseBody.last("good"));
            report.add(refused(send, HttpResponseBody.end()));
        })) {
            var client = server.connect().send(GET);
            assertTrue(client.readUntil("good").startsWith("HTTP/1.1 200 "));
            for (var refusal = 0; refusal < 7; refusal++) {
                assertTrue(report.next().toString().contains("is not allowed"));
            }
        }
    }

    @Test
    void anExceptionBeforeTheResponseIsAnswered500AndEndsTheConnection() throws Exception {
        try (var server = TestServer.http((scope, receive, send) -> {
            throw new IllegalStateException("secret");
        })) {
            var answer = server.connect().send(GET + GET).readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
            assertFalse(answer.contains("secret"), answer);
            assertEquals(1, answer.split("HTTP/1.1", -1).length - 1, answer);
        }
    }

    @Test
    void aCallThatForgetsToAnswerIsAnswered500() throws Exception {
        try (var server = TestServer.http((scope, receive, send) -> {})) {
            assertTrue(server.connect().send(GET).readHead().startsWith("HTTP/1.1 500 "));
        }
    }

    @Test
    void aResponseThatIsLeftUnfinishedIsCut() throws Exception {
        try (var server = TestServer.http((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.more("part"));
            throw new AssertionError("an error too is contained");
        })) {
            assertTrue(server.connect().send(GET).readToEnd().endsWith("4\r\npart\r\n"));
        }
    }

    @Test
    void theHeadIsSentBeforeThereIsABody() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var server = TestServer.http((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            goOn.await();
            send.send(HttpResponseBody.last("late"));
        })) {
            var client = server.connect().send(GET);
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 OK"));
            goOn.countDown();
            assertTrue(client.readUntil("0\r\n\r\n").contains("late"));
        }
    }

    @Test
    void theNextRequestDoesNotWaitForTheCallToEnd() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var server = TestServer.http((scope, receive, send) -> {
            answer(send);
            goOn.await();
        })) {
            var client = server.connect();
            client.send(GET).readUntil("0\r\n\r\n");
            client.send(GET).readUntil("0\r\n\r\n");
            goOn.countDown();
        }
    }

    @Test
    void receiveTellsOfTheEndOnceTheResponseIsComplete() throws Exception {
        var report = new Report();
        try (var server = TestServer.http((scope, receive, send) -> {
            var waiting = Thread.startVirtualThread(() -> {
                try {
                    report.add(receive.receive());
                    report.add(receive.receive());
                } catch (InterruptedException unexpected) {
                    report.add(unexpected);
                }
            });
            assertEquals(HttpRequest.end(), report.next());
            assertFalse(scope.connection().disconnected().isSet());
            answer(send);
            waiting.join();
            report.add(receive.receive());
            scope.connection().disconnected().onSet(() -> report.add("over"));
        })) {
            server.connect().send(GET).readUntil("0\r\n\r\n");
            assertEquals(new HttpDisconnect(), report.next());
            assertEquals(new HttpDisconnect(), report.next());
            assertEquals("over", report.next());
        }
    }

    @Test
    void aClientThatLeavesIsNoticedWithoutReading() throws Exception {
        var report = new Report();
        try (var server = TestServer.http((scope, receive, send) -> {
            report.add("called");
            scope.connection().disconnected().await();
            report.add(receive.receive());
            report.add(receive.receive());
            report.add(receive.receive());
            assertThrows(ClientDisconnectedException.class, () -> answer(send));
            assertThrows(ClientDisconnectedException.class, () -> send.send(new WebSocketAccept()));
            report.add("gone");
        })) {
            var client = server.connect().send(PART);
            assertEquals("called", report.next());
            client.close();
            var part = (HttpRequest) report.next();
            assertEquals(4, part.body().remaining());
            assertTrue(part.moreBody());
            assertEquals(new HttpDisconnect(), report.next());
            assertEquals(new HttpDisconnect(), report.next());
            assertEquals("gone", report.next());
        }
    }

    @Test
    void aClientThatOnlyEndsItsSendingSideIsAnswered() throws Exception {
        try (var server = TestServer.http((scope, receive, send) -> {
            receive.receive();
            assertEquals(new HttpDisconnect(), receive.receive());
            answer(send);
        })) {
            assertTrue(server.connect().send(GET).endSending().readToEnd().contains("good"));
        }
    }

    @Test
    void aResetEndsASendThatIsBlocked() throws Exception {
        var report = new Report();
        try (var server = TestServer.http((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            report.add("started");
            try {
                while (true) {
                    send.send(HttpResponseBody.more(new byte[100_000]));
                }
            } catch (ClientDisconnectedException gone) {
                report.add(scope.connection().disconnected().isSet());
                throw new java.io.UncheckedIOException(gone);
            }
        })) {
            var client = server.connect().send(GET);
            assertEquals("started", report.next());
            client.reset();
            assertEquals(true, report.next());
        }
    }

    @Test
    void aClientThatDoesNotReadIsGivenUp() throws Exception {
        var report = new Report();
        try (var server = TestServer.http(Limits.standard().with(Limit.WRITE_MILLIS, 1), (scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            try {
                while (true) {
                    send.send(HttpResponseBody.more(new byte[1_000_000]));
                }
            } catch (ClientDisconnectedException gone) {
                report.add("gone");
            }
        })) {
            server.connect().send(GET);
            assertEquals("gone", report.next());
        }
    }

    @Test
    void eventsOfManyThreadsDoNotMix() throws Exception {
        var threads = 8;
        var block = 50_000;
        try (var server = TestServer.http((scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.of("content-length", String.valueOf(threads * block))));
            var senders = new Thread[threads];
            for (var i = 0; i < threads; i++) {
                var bytes = HttpResponseBody.more(String.valueOf(i).repeat(block));
                senders[i] = Thread.ofPlatform().start(() -> {
                    try {
                        send.send(bytes);
                    } catch (Exception unexpected) {
                        throw new AssertionError(unexpected);
                    }
                });
            }
            for (var sender : senders) {
                sender.join();
            }
            send.send(HttpResponseBody.end());
        })) {
            var client = server.connect().send(GET);
            client.readHead();
            for (var i = 0; i < threads; i++) {
                assertEquals(1, client.read(block).chars().distinct().count());
            }
        }
    }

    @Test
    void aSecondReceiveAtTheSameTimeIsRefused() throws Exception {
        var report = new Report();
        try (var server = TestServer.http((scope, receive, send) -> {
            receive.receive();
            var first = startReceiving(receive, report);
            var second = startReceiving(receive, report);
            report.add(report.next().getClass().getSimpleName());
            answer(send);
            first.join();
            second.join();
        })) {
            server.connect().send(GET).readUntil("0\r\n\r\n");
            assertEquals("IllegalStateException", report.next());
            assertEquals(new HttpDisconnect(), report.next());
        }
    }

    private static Thread startReceiving(Receive receive, Report report) {
        return Thread.startVirtualThread(() -> {
            try {
                report.add(receive.receive());
            } catch (InterruptedException | IllegalStateException refused) {
                report.add(refused);
            }
        });
    }

    @Test
    void anInterruptedReceiveLosesNothing() throws Exception {
        var report = new Report();
        try (var server = TestServer.http((scope, receive, send) -> {
            var first = new Report();
            assertTrue(interrupted(startReceiving(receive, first)));
            report.add(first.next().getClass().getSimpleName());
            report.add(receive.receive());
            answer(send);
        })) {
            var client = server.connect().send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\n");
            assertEquals("InterruptedException", report.next());
            client.send("body").readUntil("0\r\n\r\n");
            assertEquals(4, ((HttpRequest) report.next()).body().remaining());
        }
    }

    @Test
    void whatIsNotReceivedIsNotRead() throws Exception {
        var goOn = new CountDownLatch(1);
        var report = new Report();
        try (var server = TestServer.http((scope, receive, send) -> {
            goOn.await();
            var bytes = 0L;
            var more = true;
            while (more) {
                var part = (HttpRequest) receive.receive();
                bytes += part.body().remaining();
                assertTrue(part.body().remaining() <= Limit.INPUT_BYTES.standard());
                more = part.moreBody();
            }
            report.add(bytes);
            answer(send);
        })) {
            var size = 64 << 20;
            var client = server.connect().send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: " + size + "\r\n\r\n");
            var sender = Thread.startVirtualThread(() -> {
                try {
                    client.send(new byte[size]);
                    report.add("sent");
                } catch (java.io.IOException unexpected) {
                    report.add(unexpected);
                }
            });
            assertFalse(sender.join(java.time.Duration.ofMillis(200)));
            goOn.countDown();
            assertEquals("sent", report.next());
            assertEquals((long) size, report.next());
        }
    }
}
