package io.asgi4j.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.OnEveryTransport;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import java.io.EOFException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are slow: how slow they may be, and what it costs to wait for them. */
@OnEveryTransport
class SlowClientTests extends ServerTests {
    private static final long INTERVAL_NANOS = 20_000_000;
    private static final String POST = "POST /upload HTTP/1.1\r\nHost: a\r\n";

    SlowClientTests(Setup setup) {
        super(setup);
    }

    private static Options rate(String bytesPerSecond, String grace) {
        return options()
                .withText(ServerOptions.MIN_DATA_RATE, bytesPerSecond)
                .withText(ServerOptions.DATA_RATE_GRACE, grace)
                .withText(ServerOptions.WRITE_TIMEOUT, grace);
    }

    /** Sends a piece now and then, so many times or until the server has had enough. */
    private static Thread dribble(WireClient client, String piece, int times) {
        return Thread.ofVirtual().start(() -> {
            for (var i = 0; i < times; i++) {
                client.trySend(piece);
                LockSupport.parkNanos(INTERVAL_NANOS);
            }
        });
    }

    /** Sends without an end, until the client is given up. */
    private static void sendForever(Send send) throws Exception {
        send.send(new HttpResponseStart(200));
        while (true) {
            send.send(HttpResponseBody.more(new byte[10_000]));
        }
    }

    @Test
    void aBodyThatTricklesInDoesNotHoldTheApplication() throws Exception {
        var log = closing(CapturedLog.of("asgi4j.access"));
        var server = serve(rate("10KiB", "200ms"), (scope, receive, send) -> Answers.echo(receive, send));
        var client = connect(server).send(POST + "Content-Length: 1000\r\n\r\n");
        var writer = dribble(client, "x", 50);
        assertEquals(408, client.read().status());
        server.assertThrows(EOFException.class);
        assertTrue(log.nextLine().endsWith("\"POST /upload HTTP/1.1\" 408 Request Timeout"));
        client.close();
        writer.join();
    }

    @Test
    void aBodyThatIsSlowButFastEnoughArrives() throws Exception {
        var client = connect(serve(rate("100B", "500ms"), (scope, receive, send) -> Answers.echo(receive, send)));
        client.send(POST + "Content-Length: 4000\r\n\r\n");
        dribble(client, "x".repeat(100), 40);
        assertEquals("x".repeat(4000), client.read().body());
    }

    @Test
    void chunksEarnTimeToo() throws Exception {
        var client = connect(serve(rate("100B", "500ms"), (scope, receive, send) -> Answers.echo(receive, send)));
        client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
        dribble(client, "64\r\n" + "x".repeat(100) + "\r\n", 40).join();
        assertEquals("x".repeat(4000), client.send("0\r\n\r\n").read().body());
    }

    @Test
    void whatWasSentBeforeDoesNotBuyALongPause() throws Exception {
        var client = connect(serve(
                options().withText(ServerOptions.BODY_TIMEOUT, "300ms"),
                (scope, receive, send) -> Answers.echo(receive, send)));
        client.send(POST + "Content-Length: 100000\r\n\r\n" + "x".repeat(99_999));
        assertEquals(408, client.read().status());
    }

    @Test
    void withoutAMinimumAByteNowAndThenIsEnough() throws Exception {
        var client = connect(serve(rate("0B", "200ms"), (scope, receive, send) -> Answers.echo(receive, send)));
        client.send(POST + "Content-Length: 30\r\n\r\n");
        dribble(client, "x", 30);
        assertEquals("x".repeat(30), client.read().body());
    }

    @Test
    void aHeadOfWhichAPartWasPipelinedIsLimited() throws Exception {
        var server = serve(
                options().withText(ServerOptions.HEADER_TIMEOUT, "200ms"),
                (scope, receive, send) -> Answers.text(send, scope.path()));
        var client = connect(server).send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HT");
        assertEquals("/1", client.read().body());
        assertEquals(408, client.read().status());
    }

    @Test
    void aClientThatTakesTooLittleIsGivenUp() throws Exception {
        var server = serve(rate("1MiB", "300ms"), (scope, receive, send) -> sendForever(send));
        var client = connectWithSmallWindow(server).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        var reader = Thread.ofVirtual().start(() -> {
            while (client.trySkip(100) > 0) {
                LockSupport.parkNanos(INTERVAL_NANOS);
            }
        });
        server.assertThrows(ClientDisconnectedException.class);
        client.close();
        reader.join();
    }

    @Test
    void aClientThatTakesLittleButEnoughIsServed() throws Exception {
        var server = serve(rate("100B", "500ms"), (scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.of("content-length", "10000000")));
            for (var i = 0; i < 1000; i++) {
                send.send(HttpResponseBody.more(new byte[10_000]));
            }
            send.send(HttpResponseBody.end());
        });
        var client = connectWithSmallWindow(server).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        for (var i = 0; i < 50; i++) {
            assertEquals(100_000, client.skip(100_000));
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
        assertEquals(5_000_000, client.skip(5_000_000));
    }

    @Test
    void filesForAClientThatDoesNotReadAreNotAllOpened(@TempDir Path directory) throws Exception {
        var file = Files.write(directory.resolve("file"), new byte[1 << 20]);
        var server = serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            send.send(new HttpResponsePathSend(file));
        });
        var client = connectWithSmallWindow(server).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(100));
        assertEquals(2 << 20, client.skip(2 << 20));
        // The system's own buffers hold some megabytes of what the client has not taken.
        assertTrue(server.calls().intValue() < 50, () -> server.calls() + " of 100 requests were served");
    }
}
