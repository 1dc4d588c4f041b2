package io.asgi4j.samples.minimal;

import static io.asgi4j.samples.minimal.TestServer.GET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.samples.minimal.TestServer.Report;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.TcpAddress;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTests {
    private static void echo(HttpScope scope, Receive receive, Send send) throws Exception {
        var body = new ByteArrayOutputStream();
        while (receive.receive() instanceof HttpRequest part) {
            var bytes = new byte[part.body().remaining()];
            part.body().get(bytes);
            body.writeBytes(bytes);
            if (!part.moreBody()) {
                var length = String.valueOf(body.size());
                send.send(new HttpResponseStart(200, Headers.of("content-length", length)));
                send.send(HttpResponseBody.last(body.toByteArray()));
                return;
            }
        }
    }

    private static void answer(Send send, Headers headers, String body) throws Exception {
        send.send(new HttpResponseStart(200, headers));
        send.send(HttpResponseBody.last(body));
    }

    private static TestServer answering(String body) throws Exception {
        return TestServer.http((scope, receive, send) -> answer(send, Headers.empty(), body));
    }

    @Test
    void theScopeTellsWhatTheClientSent() throws Exception {
        var report = new Report();
        try (var server = TestServer.http((scope, receive, send) -> {
            report.add(scope);
            answer(send, Headers.empty(), "");
        })) {
            server.connect()
                    .send("get /a%2Fb%25%C3%A9?x=%20&y HTTP/1.1\r\nHost: test\r\nX-A:  1 \r\nx-a:\t2\r\n\r\n")
                    .readHead();
            var scope = (HttpScope) report.next();
            assertEquals("GET", scope.method());
            assertEquals("1.1", scope.httpVersion());
            assertEquals("http", scope.scheme());
            assertEquals("/a/b%é", scope.path());
            assertEquals("/a%2Fb%25%C3%A9", scope.rawPath());
            assertEquals("x=%20&y", scope.queryString());
            assertEquals("", scope.rootPath());
            assertEquals(Headers.of("host", "test", "x-a", "1", "x-a", "2"), scope.headers());
            assertEquals(new TcpAddress("127.0.0.1", server.port()), scope.server());
            assertTrue(
                    scope.client() instanceof TcpAddress client && client.host().equals("127.0.0.1"));
            assertEquals("2.5", scope.asgi().specVersion());
        }
    }

    @Test
    void anAbsoluteTargetReplacesTheHost() throws Exception {
        var report = new Report();
        try (var server = TestServer.http((scope, receive, send) -> {
            report.add(scope.headers() + " " + scope.rawPath() + " " + scope.queryString());
            answer(send, Headers.empty(), "");
        })) {
            server.connect().send("GET http://other?q HTTP/1.1\r\nhost: test\r\n\r\n");
            assertEquals("[host: other] / q", report.next());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, 400",
        "GET / HTTP/2.0|host: a, 505",
        "GET / HTTP/1.1|host: a|host: a, 400",
        "GET / HTTP/1.1|host: a b, 400",
        "GET / HTTP/1.1|host: a|x y: 1, 400",
        "GET / HTTP/1.1|host: a| folded, 400",
        "GET /%zz HTTP/1.1|host: a, 400",
        "GET /%ff HTTP/1.1|host: a, 400",
        "GET /é HTTP/1.1|host: a, 400",
        "GET x HTTP/1.1|host: a, 400",
        "GET * HTTP/1.1|host: a, 400",
        "CONNECT a:1 HTTP/1.1|host: a, 501",
        "POST / HTTP/1.1|host: a|content-length: +1, 400",
        "POST / HTTP/1.1|host: a|content-length: 1|content-length: 1, 400",
        "POST / HTTP/1.1|host: a|content-length: 1|transfer-encoding: chunked, 400",
        "POST / HTTP/1.1|host: a|transfer-encoding: gzip, 501",
        "POST / HTTP/1.0|host: a|transfer-encoding: chunked, 400",
        "POST / HTTP/1.1|host: a|content-length: 99999999999, 413",
        "GET / HTTP/1.1|host: a|upgrade: websocket|connection: upgrade, 426",
        "POST / HTTP/1.1|host: a|upgrade: websocket|connection: upgrade, 405",
        "GET / HTTP/1.1|host: a|upgrade: websocket|connection: upgrade|sec-websocket-version: 13, 400",
    })
    void aMalformedRequestIsAnsweredByTheServerAndEndsTheConnection(String head, int status) throws Exception {
        try (var server = answering("wrong")) {
            var answer = server.connect()
                    .send(head.replace("|", "\r\n") + "\r\n\r\n" + GET)
                    .readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertEquals(1, answer.split("HTTP/1.1", -1).length - 1, answer);
        }
    }

    @Test
    void aLineWithoutItsCarriageReturnIsRefused() throws Exception {
        try (var server = answering("wrong")) {
            assertTrue(server.connect()
                    .send("GET / HTTP/1.1\nhost: a\n\n")
                    .readToEnd()
                    .startsWith("HTTP/1.1 400 "));
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws Exception {
        try (var server = answering("wrong")) {
            var long9 = "x".repeat(9_000);
            assertTrue(server.connect().send("GET /" + long9).readToEnd().startsWith("HTTP/1.1 414 "));
            assertTrue(server.connect()
                    .send("GET / HTTP/1.1\r\nx: " + long9)
                    .readToEnd()
                    .startsWith("HTTP/1.1 431 "));
            var many = "GET / HTTP/1.1\r\nhost: a\r\n" + "x: y\r\n".repeat(200);
            assertTrue(server.connect().send(many).readToEnd().startsWith("HTTP/1.1 431 "));
        }
    }

    @Test
    void aHeadThatTakesTooLongIsAnswered408() throws Exception {
        try (var server = TestServer.http(Limits.standard().with(Limit.HEAD_MILLIS, 1), HttpTests::echo)) {
            assertTrue(server.connect().send("GET / HT").readToEnd().startsWith("HTTP/1.1 408 "));
        }
    }

    @Test
    void aBodyArrivesWhole() throws Exception {
        try (var server = TestServer.http(HttpTests::echo)) {
            var text = "body".repeat(100_000);
            assertEquals(
                    text,
                    server.request(java.net.http.HttpRequest.newBuilder().POST(BodyPublishers.ofString(text)))
                            .body());
        }
    }

    @Test
    void aChunkedBodyArrivesDecoded() throws Exception {
        try (var server = TestServer.http(HttpTests::echo)) {
            var client = server.connect()
                    .send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n")
                    .send("5\r\nhello\r\n1;a=b\r\n,\r\nA\r\n0123456789\r\n0\r\nx-trailer: t\r\n\r\n" + GET);
            assertTrue(client.readHead().contains("content-length: 16\r\n"));
            assertEquals("hello,0123456789", client.read(16));
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 OK"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0x5|hello|0||", "5|helloXX0||", ";a=b||", "0|bad name: x||", "5;a\u0001|hello|0||"})
    void aMalformedChunkIsAnswered400(String body) throws Exception {
        try (var server = TestServer.http(HttpTests::echo)) {
            var answer = server.connect()
                    .send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n")
                    .send(body.replace("|", "\r\n"))
                    .send(GET)
                    .readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertFalse(answer.contains(" 200 "), answer);
        }
    }

    @Test
    void oneHundredIsSentWhenTheApplicationReceives() throws Exception {
        try (var server = TestServer.http(HttpTests::echo)) {
            var client = server.connect()
                    .send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readHead());
            client.send("ok");
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 OK"));
            assertEquals("ok", client.read(2));
        }
    }

    @Test
    void oneHundredIsNotSentAfterBytesOfTheBodyHaveArrived() throws Exception {
        var report = new Report();
        try (var server = TestServer.http((scope, receive, send) -> {
            report.add(receive.receive());
            echo(scope, receive, send);
        })) {
            var client = server.connect()
                    .send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\nexpect: 100-continue\r\n\r\nok");
            assertTrue(((HttpRequest) report.next()).moreBody());
            assertTrue(client.send("ok").readHead().startsWith("HTTP/1.1 200 OK"));
        }
    }

    @Test
    void oneHundredIsNotSentIfTheApplicationAnswersAtOnce() throws Exception {
        try (var server = answering("no")) {
            var answer = server.connect()
                    .send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n")
                    .readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 200 OK"), answer);
            assertTrue(answer.contains("connection: close\r\n"), answer);
        }
    }

    @Test
    void aResponseWithoutLengthIsChunked() throws Exception {
        try (var server = TestServer.http((scope, receive, send) -> {
            send.send(new HttpResponseStart(
                    200, Headers.of("transfer-encoding", "x", "set-cookie", "a", "set-cookie", "b")));
            send.send(HttpResponseBody.more("one"));
            send.send(HttpResponseBody.more(""));
            send.send(HttpResponseBody.last("two"));
        })) {
            var client = server.connect().send(GET);
            var head = client.readHead();
            assertTrue(head.contains("\r\nset-cookie: a\r\nset-cookie: b\r\ntransfer-encoding: chunked\r\n"), head);
            assertTrue(head.contains("\r\ndate: "), head);
            assertEquals("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n", client.readUntil("0\r\n\r\n"));
        }
    }

    @Test
    void aResponseToHttp10EndsWithTheConnection() throws Exception {
        try (var server = answering("old")) {
            var answer = server.connect().send("GET / HTTP/1.0\r\n\r\n").readToEnd();
            assertFalse(answer.toLowerCase(Locale.ROOT).contains("chunked"), answer);
            assertTrue(answer.endsWith("\r\n\r\nold"), answer);
        }
    }

    @Test
    void aBodilessResponseHasNoContent() throws Exception {
        try (var server = TestServer.http((scope, receive, send) -> {
            var status = scope.path().equals("/")
                    ? 200
                    : Integer.parseInt(scope.path().substring(1));
            send.send(new HttpResponseStart(status, Headers.of("content-length", "5")));
            send.send(HttpResponseBody.last("hello"));
        })) {
            var client = server.connect();
            assertTrue(client.send(GET.replace("GET", "HEAD")).readHead().contains("content-length: 5\r\n"));
            assertTrue(client.send(GET.replace("/ ", "/304 ")).readHead().contains("content-length: 5\r\n"));
            assertFalse(client.send(GET.replace("/ ", "/204 ")).readHead().contains("content-length"));
            assertTrue(client.send(GET).readUntil("hello").startsWith("HTTP/1.1 200 OK"));
        }
    }

    @Test
    void aBodyThatIsTooShortCutsTheConnection() throws Exception {
        try (var server =
                TestServer.http((scope, receive, send) -> answer(send, Headers.of("content-length", "9"), "short"))) {
            assertTrue(server.connect().send(GET + GET).readToEnd().endsWith("\r\n\r\nshort"));
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        try (var server = TestServer.http(
                (scope, receive, send) -> answer(send, Headers.of("content-length", "2"), scope.path()))) {
            var answer = server.connect()
                    .send(GET.replace("/ ", "/1 ") + GET.replace("/ ", "/2 ") + "BROKEN\r\n\r\n")
                    .readToEnd();
            var first = answer.indexOf("\r\n\r\n/1");
            var second = answer.indexOf("\r\n\r\n/2");
            assertTrue(0 < first && first < second && second < answer.indexOf("HTTP/1.1 400 "), answer);
        }
    }

    @Test
    void aRequestAfterConnectionCloseIsNotServed() throws Exception {
        try (var server = answering("once")) {
            var answer = server.connect()
                    .send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n" + GET)
                    .readToEnd();
            assertEquals(1, answer.split("HTTP/1.1", -1).length - 1, answer);
            assertTrue(answer.contains("connection: close\r\n"), answer);
        }
    }

    @Test
    void anUnreadBodyIsSkipped() throws Exception {
        try (var server = answering("early")) {
            var client = server.connect().send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 70000\r\n\r\n");
            assertTrue(client.readUntil("0\r\n\r\n").contains("early"));
            client.send("x".repeat(70_000).getBytes(StandardCharsets.US_ASCII)).send(GET);
            assertTrue(client.readUntil("0\r\n\r\n").contains("early"));
        }
    }

    @Test
    void aConnectionThatStaysIdleIsClosed() throws Exception {
        try (var server = TestServer.http(Limits.standard().with(Limit.IDLE_MILLIS, 1), HttpTests::echo)) {
            assertEquals("", server.connect().readToEnd());
        }
    }
}
