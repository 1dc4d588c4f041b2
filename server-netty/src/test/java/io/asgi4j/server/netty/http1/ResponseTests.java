package io.asgi4j.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.HttpApplication;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a response is written. */
@UnderBothSchedulers
class ResponseTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String OLD = "GET / HTTP/1.0\r\n\r\n";

    ResponseTests(Setup setup) {
        super(setup);
    }

    private static HttpApplication answering(int status, Headers headers, String... parts) {
        return (scope, receive, send) -> {
            send.send(new HttpResponseStart(status, headers));
            for (var part : parts) {
                send.send(HttpResponseBody.more(part));
            }
            send.send(HttpResponseBody.end());
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 299, 404, 418, 599, 777, 999})
    void theStatusIsTheApplications(int status) throws Exception {
        assertEquals(status, exchange(GET, answering(status, Headers.empty())).status());
    }

    @Test
    void aResponseWithoutLengthIsChunked() throws Exception {
        var reply = exchange(GET, answering(200, Headers.empty(), "a", "", "bc", ""));
        assertEquals("abc", reply.body());
        assertEquals(List.of(1, 2, 0), reply.chunks());
    }

    @Test
    void aResponseWithLengthIsNotChunked() throws Exception {
        var reply = exchange(GET, answering(200, Headers.of("content-length", "3"), "a", "", "bc"));
        assertEquals("abc", reply.body());
        assertFalse(reply.isChunked());
    }

    @Test
    void fieldsAreWrittenInTheirOrderAndNotJoined() throws Exception {
        var reply = exchange(
                GET,
                answering(
                        200, Headers.of("x-b", "1", "set-cookie", "a=b", "x-a", "caf\u00E9\t!", "set-cookie", "c=d")));
        assertEquals(
                List.of("x-b", "set-cookie", "x-a", "set-cookie"), reply.names().subList(0, 4));
        assertEquals(List.of("a=b", "c=d"), reply.head().all("set-cookie"));
        assertEquals("caf\u00E9\t!", reply.field("x-a"));
    }

    @Test
    void fieldsOfTheFramingAreTheServers() throws Exception {
        var fields = Headers.of(
                "transfer-encoding",
                "gzip",
                "keep-alive",
                "1",
                "proxy-connection",
                "x",
                "upgrade",
                "y",
                "connection",
                "z");
        var client = connect(serve(answering(200, fields, "plain")));
        var reply = client.send(GET).read();
        assertEquals("plain", reply.body());
        assertEquals(List.of("transfer-encoding", "date", "server"), reply.names());
        assertEquals(200, client.send(GET).read().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close", "x, close", "keep-alive,close"})
    void theApplicationMayCloseTheConnection(String value) throws Exception {
        var client = connect(serve(answering(200, Headers.of("connection", value), "x")));
        assertEquals("close", client.send(GET).read().field("connection"));
        client.assertCloses();
    }

    @Test
    void dateAndServerAreAddedOnce() throws Exception {
        var reply = exchange(GET, answering(200, Headers.empty()));
        assertTrue(reply.field("date").matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"));
        assertEquals("asgi4j", reply.field("server"));
        var own = exchange(GET, answering(200, Headers.of("date", "today", "server", "mine")));
        assertEquals("today", own.field("date"));
        assertEquals("mine", own.field("server"));
    }

    @Test
    void dateAndServerCanBeSwitchedOff() throws Exception {
        var options = options().with(ServerOptions.DATE_HEADER, false).with(ServerOptions.SERVER_HEADER, false);
        var client = connect(serve(options, answering(200, Headers.empty())));
        assertEquals(List.of("transfer-encoding"), client.send(GET).read().names());
        assertFalse(client.send("BROKEN\r\n\r\n").read().has("server"));
    }

    @Test
    void aResponseToHeadHasItsFieldsAndNoContent() throws Exception {
        var client = connect(serve(answering(200, Headers.of("content-length", "5"), "hello")));
        assertEquals("5", client.send(HEAD).readHead().field("content-length"));
        assertEquals("5", client.send(HEAD).readHead().field("content-length"));
        assertEquals("hello", client.send(GET).read().body());
    }

    @Test
    void aResponseToHeadMayComeWithoutItsContent() throws Exception {
        var client = connect(serve(answering(200, Headers.of("content-length", "5"))));
        assertEquals("5", client.send(HEAD).readHead().field("content-length"));
        assertEquals("5", client.send(HEAD).readHead().field("content-length"));
    }

    @Test
    void bytesOfAResponseToHeadAreCounted() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.of("content-length", "5")));
            Assertions.assertThrows(IllegalEventException.class, () -> send.send(HttpResponseBody.last("longer")));
            send.send(HttpResponseBody.last("hello"));
        }));
        assertEquals(200, client.send(HEAD).readHead().status());
        assertEquals(200, client.send(HEAD).readHead().status());
    }

    @Test
    void a204HasNeitherContentNorFraming() throws Exception {
        var client = connect(serve(answering(204, Headers.of("content-length", "5"), "hello")));
        for (var i = 0; i < 2; i++) {
            var reply = client.send(GET).read();
            assertEquals(List.of("date", "server"), reply.names());
        }
    }

    @Test
    void a304KeepsItsLengthAndHasNoContent() throws Exception {
        var client = connect(serve(answering(304, Headers.of("content-length", "5"), "hello")));
        for (var i = 0; i < 2; i++) {
            assertEquals("5", client.send(GET).read().field("content-length"));
        }
    }

    @Test
    void anOldClientGetsNoChunksAndTheEndOfTheConnection() throws Exception {
        var client = connect(serve(answering(200, Headers.empty(), "a", "b")));
        var reply = client.send(OLD).read();
        assertEquals("ab", reply.body());
        assertTrue(reply.complete());
        assertFalse(reply.isChunked());
        assertEquals("close", reply.field("connection"));
    }

    @Test
    void anOldClientMayKeepItsConnection() throws Exception {
        var client = connect(serve((scope, receive, send) -> Answers.text(send, "kept")));
        for (var i = 0; i < 2; i++) {
            var reply = client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                    .read();
            assertEquals("kept", reply.body());
            assertEquals("keep-alive", reply.field("connection"));
        }
        assertEquals("close", client.send(OLD).read().field("connection"));
        client.assertCloses();
    }

    @Test
    void eachPartIsWrittenBeforeTheNextOneIsSent() throws Exception {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            first.await();
            send.send(HttpResponseBody.more("first"));
            second.await();
            send.send(HttpResponseBody.last("second"));
        }));
        client.send(GET);
        assertTrue(client.readUntil("\r\n\r\n"));
        first.countDown();
        assertTrue(client.readUntil("first"));
        second.countDown();
        assertTrue(client.readUntil("second"));
    }

    @Test
    void aLargeBodyArrivesWhole() throws Exception {
        var body = "0123456789".repeat(200_000);
        var reply = exchange(GET, (scope, receive, send) -> Answers.text(send, body));
        assertEquals(body, reply.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade: h2c\r\nConnection: Upgrade\r\n", "Upgrade: x/1\r\nConnection: Upgrade\r\n"})
    void anUpgradeToWhatTheServerDoesNotKnowIsAPlainRequest(String fields) throws Exception {
        var reply =
                exchange("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n", answering(200, Headers.empty(), "plain"));
        assertEquals("plain", reply.body());
    }
}
