package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketClient;
import io.asgi4j.server.netty.testing.WebSocketTests;
import io.asgi4j.server.netty.websocket.ClientFrames;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketSend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who waits for whom: senders, receivers, slow clients, slow applications. */
@UnderBothSchedulers
class WebSocketThreadTests extends WebSocketTests {
    private static final int MANY = 512;
    private static final int LARGE = 64 * 1024;

    WebSocketThreadTests(Setup setup) {
        super(setup);
    }

    @Test
    void messagesOfSeveralThreadsAreSentWhole() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            var threads = new ArrayList<Thread>();
            for (var i = 0; i < 8; i++) {
                var letter = Character.toString('a' + i).repeat(9_000);
                var maker = i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
                threads.add(maker.start(() -> sendAll(send, letter, 25)));
            }
            for (var thread : threads) {
                thread.join();
            }
        });
        var client = open(server);
        var counts = new HashMap<String, Integer>();
        for (var i = 0; i < 200; i++) {
            var text = client.frame().text();
            assertEquals(text.substring(0, 1).repeat(9_000), text);
            counts.merge(text.substring(0, 1), 1, Integer::sum);
        }
        assertEquals(List.of(25, 25, 25, 25, 25, 25, 25, 25), List.copyOf(counts.values()));
        server.assertReturns();
    }

    private static void sendAll(Send send, String text, int times) {
        try {
            for (var i = 0; i < times; i++) {
                send.send(WebSocketSend.text(text));
            }
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void aPlatformThreadMayDoEverything() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            var done = new CompletableFuture<WebSocketDisconnect>();
            var unused = Thread.ofPlatform().start(() -> {
                try {
                    accept(receive, send);
                    done.complete(echo(receive, send));
                } catch (IOException | InterruptedException failure) {
                    done.completeExceptionally(failure);
                }
            });
            assertEquals(1001, done.join().code());
        });
        open(server).text("hello").expect("text hello").close(1001, "");
        server.assertReturns();
    }

    @Test
    void aReceiveDoesNotKeepOthersFromSending() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            var received = receiveElsewhere(receive);
            send.send(WebSocketSend.text("meanwhile"));
            assertEquals(WebSocketReceive.text("answer"), result(received));
        });
        open(server).expect("text meanwhile").text("answer").expect("close 1000 ");
        server.assertReturns();
    }

    @Test
    void ofTwoReceivesAtTheSameTimeOneIsRefusedAndTheOtherUndisturbed() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            var one = receiveElsewhere(receive);
            var other = receiveElsewhere(receive);
            assertThrows(CompletionException.class, CompletableFuture.anyOf(one, other)::join);
            var undisturbed = one.isDone() ? other : one;
            send.send(WebSocketSend.text("now"));
            assertEquals(WebSocketReceive.text("the message"), result(undisturbed));
        });
        open(server).expect("text now").text("the message");
        server.assertReturns();
    }

    @Test
    void anInterruptEndsAReceiveAndLosesNoMessage() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            var interrupted = new CompletableFuture<Boolean>();
            var thread = Thread.ofVirtual().start(() -> {
                try {
                    receive.receive();
                    interrupted.complete(false);
                } catch (InterruptedException expected) {
                    interrupted.complete(true);
                }
            });
            awaitParked(thread);
            thread.interrupt();
            assertTrue(result(interrupted));
            send.send(WebSocketSend.text("now"));
            assertEquals(WebSocketReceive.text("not lost"), receive.receive());
        });
        open(server).expect("text now").text("not lost");
        server.assertReturns();
    }

    // ---- a client that does not read

    @Test
    void aClientThatDoesNotReadMakesSendBlockUntilItReads() throws Exception {
        var sent = new AtomicInteger();
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            note(Thread.currentThread());
            var bytes = new byte[LARGE];
            for (; sent.get() < MANY; sent.incrementAndGet()) {
                send.send(WebSocketSend.bytes(bytes));
            }
        });
        var client = open(server);
        awaitParked((Thread) nextNote());
        assertTrue(sent.get() < MANY, "send did not block");
        for (var i = 0; i < MANY; i++) {
            assertEquals(LARGE, client.frame().payload().length);
        }
        client.expect("close 1000 ");
        server.assertReturns();
    }

    @Test
    void aSendThatIsBlockedEndsWhenTheClientCloses() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            note(Thread.currentThread());
            sendForEver(send);
        });
        var client = new WebSocketClient(connectWithSmallWindow(server));
        client.open();
        awaitParked((Thread) nextNote());
        client.close(1001, "");
        server.assertThrows(ClientDisconnectedException.class);
    }

    @Test
    void aSendThatIsBlockedEndsWhenItsThreadIsInterrupted() throws Exception {
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            note(Thread.currentThread());
            sendForEver(send);
        });
        var client = new WebSocketClient(connectWithSmallWindow(server));
        client.open();
        var application = (Thread) nextNote();
        awaitParked(application);
        application.interrupt();
        server.assertThrows(InterruptedException.class);
    }

    @Test
    void aClientThatTakesNothingForTooLongIsCut() throws Exception {
        var options = options().withText(ServerOptions.WRITE_TIMEOUT, "300ms");
        var server = serveWebSocket(options, (scope, receive, send) -> {
            accept(receive, send);
            sendForEver(send);
        });
        new WebSocketClient(connectWithSmallWindow(server)).open();
        server.assertThrows(ClientDisconnectedException.class);
    }

    private static void sendForEver(Send send) throws IOException, InterruptedException {
        var bytes = new byte[LARGE];
        while (true) {
            send.send(WebSocketSend.bytes(bytes));
        }
    }

    // ---- an application that does not receive

    @Test
    void anApplicationThatDoesNotReceiveStopsTheClientUntilItReceives() throws Exception {
        var receiving = new CountDownLatch(1);
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            await(receiving);
            for (var i = 0; i < MANY; i++) {
                var bytes = ((WebSocketReceive) receive.receive()).bytes();
                assertEquals(LARGE, bytes.remaining());
                assertEquals((byte) i, bytes.get());
            }
        });
        var client = open(server);
        var written = new CompletableFuture<Void>();
        var unused = Thread.ofVirtual().start(() -> {
            try {
                var bytes = new byte[LARGE];
                for (var i = 0; i < MANY; i++) {
                    bytes[0] = (byte) i;
                    client.binary(bytes);
                }
                written.complete(null);
            } catch (IOException failure) {
                written.completeExceptionally(failure);
            }
        });
        assertThrows(TimeoutException.class, () -> written.get(500, TimeUnit.MILLISECONDS));
        receiving.countDown();
        result(written);
        client.expect("close 1000 ");
        server.assertReturns();
    }

    @Test
    void smallMessagesThatNobodyReceivesAreCountedToo() throws Exception {
        var receiving = new CountDownLatch(1);
        var count = 20_000;
        var server = serveWebSocket((scope, receive, send) -> {
            accept(receive, send);
            await(receiving);
            for (var i = 0; i < count; i++) {
                assertEquals(WebSocketReceive.text(""), receive.receive());
            }
            disconnect(receive);
        });
        var client = open(server);
        var frame = ClientFrames.text("");
        var frames = new byte[count * frame.length];
        for (var i = 0; i < count; i++) {
            System.arraycopy(frame, 0, frames, i * frame.length, frame.length);
        }
        client.send(frames);
        // The kernel took them all; a pong would tell that the server has read them.
        client.ping("").wire().assertSilent();
        receiving.countDown();
        client.expect("pong ").closeWithoutCode();
        server.assertReturns();
    }

    @Test
    void anApplicationThatDoesNotReceiveMayCloseAllTheSame() throws Exception {
        var arrived = new CountDownLatch(1);
        var options = options().with(ServerOptions.WS_QUEUE, 1);
        var server = serveWebSocket(options, (scope, receive, send) -> {
            accept(receive, send);
            await(arrived);
            send.send(new WebSocketClose(4000, ""));
        });
        var client = open(server).text("one").text("two").text("three");
        arrived.countDown();
        client.expect("close 4000 ").endAfter(4000);
    }
}
