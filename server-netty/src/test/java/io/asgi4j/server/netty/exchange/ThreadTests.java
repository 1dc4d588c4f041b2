package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who may call {@code send} and {@code receive}, and when. */
@UnderBothSchedulers
class ThreadTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";

    ThreadTests(Setup setup) {
        super(setup);
    }

    private static <T> FutureTask<T> onPlatformThread(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static <T> FutureTask<T> onVirtualThread(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static CompletableFuture<String> bodyOnPlatformThread(Receive receive) {
        var body = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                body.complete(Answers.body(receive));
            } catch (Exception failure) {
                body.completeExceptionally(failure);
            }
        });
        return body;
    }

    /** A thread that waits in {@code receive} can be told by nothing but its state. */
    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static <T> T result(FutureTask<T> task) throws Exception {
        return task.get(WireClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Test
    void theApplicationRunsOnAVirtualThread() throws Exception {
        var reply = exchange(
                GET,
                (scope, receive, send) ->
                        Answers.text(send, "" + Thread.currentThread().isVirtual()));
        assertEquals("true", reply.body());
    }

    @Test
    void anApplicationThatBlocksHoldsUpNobody() throws Exception {
        var others = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            if (scope.path().equals("/blocked")) {
                others.await();
            }
            Answers.text(send, scope.path());
        });
        var blocked = connect(server).send("GET /blocked HTTP/1.1\r\nHost: a\r\n\r\n");
        for (var i = 0; i < 20; i++) {
            assertEquals("/", connect(server).send(GET).read().body());
        }
        others.countDown();
        assertEquals("/blocked", blocked.read().body());
    }

    @Test
    void sendMayBeCalledFromAPlatformThread() throws Exception {
        var reply = exchange(
                GET,
                (scope, receive, send) -> result(onPlatformThread(() -> {
                    Answers.text(send, "from afar");
                    return true;
                })));
        assertEquals("from afar", reply.body());
    }

    @Test
    void receiveMayBeCalledFromAPlatformThread() throws Exception {
        var client = connect(serve(
                (scope, receive, send) -> Answers.text(send, result(onPlatformThread(() -> Answers.body(receive))))));
        client.send(POST);
        assertEquals("hello", client.send("hello").read().body());
    }

    @Test
    void concurrentSendersAreServedOneAfterTheOther() throws Exception {
        var senders = 6;
        var blocks = 20;
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            var tasks = new ArrayList<FutureTask<?>>();
            for (var i = 0; i < senders; i++) {
                var block = String.valueOf((char) ('a' + i)).repeat(1000 + 1000 * i);
                Callable<Boolean> sender = () -> {
                    for (var j = 0; j < blocks; j++) {
                        send.send(HttpResponseBody.more(block));
                    }
                    return true;
                };
                tasks.add(i % 2 == 0 ? onVirtualThread(sender) : onPlatformThread(sender));
            }
            for (var task : tasks) {
                result(task);
            }
            send.send(HttpResponseBody.end());
        }));
        var reply = client.send(GET).read();
        assertTrue(reply.complete());
        var counts = new int[senders];
        for (var at = 0; at < reply.body().length(); ) {
            var sender = reply.body().charAt(at) - 'a';
            var block = 1000 + 1000 * sender;
            assertEquals(
                    reply.body().substring(at, at + 1).repeat(block),
                    reply.body().substring(at, at + block));
            counts[sender]++;
            at += block;
        }
        for (var count : counts) {
            assertEquals(blocks, count);
        }
    }

    @Test
    void onlyOneOfManyLastPartsIsSent() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            var barrier = new CyclicBarrier(4);
            var tasks = new ArrayList<FutureTask<Boolean>>();
            for (var i = 0; i < 4; i++) {
                tasks.add(onPlatformThread(() -> {
                    barrier.await();
                    try {
                        send.send(HttpResponseBody.last("x"));
                        return true;
                    } catch (IllegalEventException late) {
                        return false;
                    }
                }));
            }
            var sent = 0;
            for (var task : tasks) {
                sent += result(task) ? 1 : 0;
            }
            assertEquals(1, sent);
        }));
        assertEquals("x", client.send(GET).read().body());
        assertEquals("x", client.send(GET).read().body());
    }

    @Test
    void ofTwoReceivesAtTheSameTimeOneIsRefused() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            var one = bodyOnPlatformThread(receive);
            var other = bodyOnPlatformThread(receive);
            var refused = assertThrows(CompletionException.class, CompletableFuture.anyOf(one, other)::join);
            assertInstanceOf(IllegalStateException.class, refused.getCause());
            var undisturbed = one.isDone() ? other : one;
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.last(undisturbed.get()));
        }));
        client.send(POST);
        assertEquals('H', client.readByte());
        client.send("hello");
        assertTrue(client.readUntil("hello"));
    }

    @Test
    void receiveAndSendMayRunAtTheSameTime() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            var body = onVirtualThread(() -> Answers.body(receive));
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.more("sent, "));
            send.send(HttpResponseBody.last(result(body)));
        }));
        client.send(POST);
        assertTrue(client.readUntil("sent, "));
        client.send("hello");
        assertTrue(client.readUntil("hello"));
    }

    @Test
    void anInterruptedReceiveLosesNothing() throws Exception {
        var interrupted = new CountDownLatch(1);
        var client = connect(serve((scope, receive, send) -> {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, receive::receive);
            interrupted.countDown();
            Answers.echo(receive, send);
        }));
        client.send(POST);
        await(interrupted);
        assertEquals("hello", client.send("hello").read().body());
    }

    @Test
    void aWaitingReceiveEndsWhenItsThreadIsInterrupted() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            var entered = new CompletableFuture<Thread>();
            var waiting = onPlatformThread(() -> {
                entered.complete(Thread.currentThread());
                return assertThrows(InterruptedException.class, receive::receive);
            });
            awaitWaiting(entered.get());
            entered.get().interrupt();
            result(waiting);
            Answers.text(send, "interrupted");
        }));
        client.send(POST);
        assertEquals("interrupted", client.read().body());
    }

    @Test
    void whatIsCalledAfterTheCallMeetsAnExchangeThatIsOver() throws Exception {
        var kept = new CompletableFuture<Send>();
        var keptToo = new CompletableFuture<Receive>();
        var server = serve((scope, receive, send) -> {
            kept.complete(send);
            keptToo.complete(receive);
            Answers.text(send, "");
        });
        connect(server).send(GET).read();
        server.assertReturns();
        InboundEvent event = keptToo.get().receive();
        assertEquals(new HttpDisconnect(), event);
        assertThrows(IllegalEventException.class, () -> kept.get().send(HttpResponseBody.last("late")));
    }

    @Test
    void aThreadThatSendsOnAfterTheCallEndedHoldsNothingUp() throws Exception {
        var server = serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            var first = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        send.send(HttpResponseBody.more("x".repeat(100_000)));
                        first.countDown();
                    }
                } catch (Exception over) {
                    first.countDown();
                }
            });
            first.await();
        });
        var client = connect(server).send(GET);
        server.assertReturns();
        assertFalse(client.readRest().endsWith("\r\n0\r\n\r\n"));
    }

    @Test
    void eventsMayBePassedThroughAnotherThread() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            var event = (HttpRequest) result(onPlatformThread(receive::receive));
            result(onVirtualThread(() -> {
                Answers.text(send, new String(Answers.bytes(event.body())));
                return true;
            }));
        }));
        assertEquals("hello", client.send(POST + "hello").read().body());
    }
}
