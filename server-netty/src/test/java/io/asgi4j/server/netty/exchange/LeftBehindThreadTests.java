package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.asgi4j.server.netty.testing.HttpApplication;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketApplication;
import io.asgi4j.server.netty.testing.WebSocketClient;
import io.asgi4j.server.netty.testing.WebSocketTests;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketSend;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls that end while a thread which they started is blocked in {@code send}, and would send on for ever. */
@UnderBothSchedulers
class LeftBehindThreadTests extends WebSocketTests {
    LeftBehindThreadTests(Setup setup) {
        super(setup);
    }

    @Test
    void anHttpCallEndsAndSoDoesTheThread() throws Exception {
        HttpApplication application = (scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            sendElsewhere(send, HttpResponseBody.more(new byte[64 * 1024]));
        };
        var server = serve(options(), application);
        connectWithSmallWindow(server).send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        server.assertReturns();
        expectNote("ended");
    }

    @Test
    void aWebSocketCallEndsAndSoDoesTheThread() throws Exception {
        WebSocketApplication application = (scope, receive, send) -> {
            accept(receive, send);
            sendElsewhere(send, WebSocketSend.bytes(new byte[64 * 1024]));
        };
        var server = serveWebSocket(options(), application);
        new WebSocketClient(connectWithSmallWindow(server)).open();
        server.assertReturns();
        expectNote("ended");
    }

    @Test
    void aThreadThatGoesOnWithAResponseThatWasCutOffHasNoClientAnyMore() throws Exception {
        var left = new CompletableFuture<Send>();
        HttpApplication application = (scope, receive, send) -> {
            left.complete(send);
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.more("early"));
        };
        var server = serve(options(), application);
        connect(server).send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").readRest();
        assertThrows(ClientDisconnectedException.class, () -> left.join().send(HttpResponseBody.last("late")));
    }

    /** Lets another thread send an event again and again; returns when it blocks. */
    private void sendElsewhere(Send send, OutboundEvent event) {
        awaitParked(Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    send.send(event);
                }
            } catch (IOException | InterruptedException | IllegalEventException over) {
                note("ended");
            }
        }));
    }
}
