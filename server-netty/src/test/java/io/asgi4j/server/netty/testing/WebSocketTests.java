package io.asgi4j.server.netty.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.State;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketConnect;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketSend;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Base of the tests of WebSockets. */
public abstract class WebSocketTests extends ServerTests {
    private final BlockingQueue<Object> notes = new LinkedBlockingQueue<>();

    protected WebSocketTests(Setup setup) {
        super(setup);
    }

    protected TestServer serveWebSocket(WebSocketApplication application) throws IOException {
        return serveWebSocket(options(), application);
    }

    protected TestServer serveWebSocket(Options options, WebSocketApplication application) throws IOException {
        return serve(options, new State(), application);
    }

    /** Connects a client that has not sent its handshake yet. */
    protected WebSocketClient client(TestServer server) throws IOException {
        return new WebSocketClient(connect(server));
    }

    /** Opens a WebSocket. */
    protected WebSocketClient open(TestServer server, String... fields) throws IOException {
        var client = client(server);
        client.open(fields);
        return client;
    }

    /** Receives the connect event and accepts. */
    protected static void accept(Receive receive, Send send) throws IOException, InterruptedException {
        assertEquals(new WebSocketConnect(), receive.receive());
        send.send(new WebSocketAccept());
    }

    /** Sends every message back until the WebSocket is over, and returns how it ended. */
    protected static WebSocketDisconnect echo(Receive receive, Send send) throws IOException, InterruptedException {
        while (true) {
            switch (receive.receive()) {
                case WebSocketReceive message -> send.send(new WebSocketSend(message.bytes(), message.text()));
                case WebSocketDisconnect disconnect -> {
                    return disconnect;
                }
                case InboundEvent other -> throw new AssertionError("received " + other);
            }
        }
    }

    /** Receives and drops messages until the WebSocket is over, and returns how it ended. */
    protected static WebSocketDisconnect disconnect(Receive receive) throws InterruptedException {
        while (true) {
            if (receive.receive() instanceof WebSocketDisconnect disconnect) {
                return disconnect;
            }
        }
    }

    /** Lets the application tell the test something. */
    protected void note(Object something) {
        notes.add(something);
    }

    /** Asserts what the application tells next. */
    protected void expectNote(Object something) throws InterruptedException {
        assertEquals(something, nextNote());
    }

    /** Waits for what the application tells next. */
    protected Object nextNote() throws InterruptedException {
        var note = notes.poll(WireClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertNotNull(note, "the application tells nothing");
        return note;
    }

    /** Lets another thread receive; returns when it blocks. */
    protected static CompletableFuture<InboundEvent> receiveElsewhere(Receive receive) {
        var received = new CompletableFuture<InboundEvent>();
        awaitParked(Thread.ofPlatform().start(() -> {
            try {
                received.complete(receive.receive());
            } catch (InterruptedException | IllegalStateException failure) {
                received.completeExceptionally(failure);
            }
        }));
        return received;
    }

    /** Waits until a thread blocks. */
    protected static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.yield();
        }
    }

    /** Waits for what another thread was to find out. */
    protected static <T> T result(CompletableFuture<T> future) throws Exception {
        return future.get(WireClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
