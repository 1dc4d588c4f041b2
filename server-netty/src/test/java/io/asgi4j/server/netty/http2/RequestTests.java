package io.asgi4j.server.netty.http2;

import static io.asgi4j.server.netty.testing.Http2Wire.concat;
import static io.asgi4j.server.netty.testing.Http2Wire.request;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.Http2Wire;
import io.asgi4j.server.netty.testing.HttpApplication;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.extension.HttpRequestTrailers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications see of requests by HTTP/2, and what never reaches them. */
@UnderBothSchedulers
class RequestTests extends ServerTests {
    private final BlockingQueue<HttpScope> scopes = new LinkedBlockingQueue<>();
    private final HttpApplication echo = (scope, receive, send) -> {
        scopes.add(scope);
        Answers.echo(receive, send);
    };

    RequestTests(Setup setup) {
        super(setup);
    }

    private Http2Wire connect() throws Exception {
        return closing(Http2Wire.connect(serve(echo).port()));
    }

    @Test
    void theScopeHasTheRequestAndItsAuthorityAsHost() throws Exception {
        connect()
                .headers(1, true, concat(request("GET", "/a%20b?c=d"), "x-a", "1", "x-a", "2"))
                .response(1);
        var scope = scopes.take();
        assertEquals("2", scope.httpVersion());
        assertEquals("GET", scope.method());
        assertEquals("http", scope.scheme());
        assertEquals("/a b", scope.path());
        assertEquals("/a%20b", scope.rawPath());
        assertEquals("c=d", scope.queryString());
        assertEquals("[host: a, x-a: 1, x-a: 2]", scope.headers().toString());
    }

    @Test
    void cookieCrumbsAreJoined() throws Exception {
        connect()
                .headers(
                        1,
                        true,
                        concat(request("GET", "/"), "cookie", "a=1", "x", "y", "cookie", "b=2", "cookie", "c=3"))
                .response(1);
        assertEquals("a=1; b=2; c=3", String.join("|", scopes.take().headers().all("cookie")));
    }

    @ParameterizedTest
    @CsvSource({"'',a,a", "a,'',a", "'','',''"})
    void anEmptyCrumbOfACookieLeavesNoTrace(String first, String second, String whole) throws Exception {
        var request = concat(request("GET", "/"), "cookie", first, "cookie", second);
        assertEquals(200, connect().headers(1, true, request).response(1).status());
        assertEquals(List.of(whole), scopes.take().headers().all("cookie"));
    }

    @Test
    void aBodyArrivesAsItIsSent() throws Exception {
        var client = connect().post(1, "/").data(1, "Hello, ", false).data(1, "world", true);
        assertEquals("Hello, world", client.response(1).body());
    }

    @Test
    void requestsAreServedAtTheSameTime() throws Exception {
        var client = connect().post(1, "/").post(3, "/").data(3, "second", true);
        assertEquals("second", client.response(3).body());
        assertEquals("first", client.data(1, "first", true).response(1).body());
    }

    @Test
    void trailersComeBehindTheBody() throws Exception {
        var server = serve((scope, receive, send) -> {
            while (((HttpRequest) receive.receive()).moreBody()) {
                continue;
            }
            Answers.text(
                    send, ((HttpRequestTrailers) receive.receive()).headers().toString());
        });
        var client = closing(Http2Wire.connect(server.port()));
        client.post(1, "/").data(1, "x", false).headers(1, true, "checksum", "42");
        assertEquals("[checksum: 42]", client.response(1).body());
    }

    @Test
    void theBodyIsAskedForWhenTheApplicationWaitsForIt() throws Exception {
        var client = connect().post(1, "/", "expect", "100-continue");
        var informational = client.await(Http2Wire.HEADERS, 1);
        assertEquals("100", Http2Wire.decode(informational).status().toString());
        assertEquals("x", client.data(1, "x", true).response(1).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-a:\u0000",
                "x-a:a\rb",
                "x-a:a\nb",
                "x-a: a",
                "x-a:a ",
                "x-a:\ta",
                "foo bar:1",
                "X-A:1",
                ":1",
                "connection:close",
                "keep-alive:1",
                "proxy-connection:1",
                "upgrade:x",
                "transfer-encoding:chunked",
                "te:gzip",
                "host:b",
                "content-length:1",
                "content-length:+0",
                "content-length:5, 6",
                "x-a\r\nfoo:1",
                ":status:200",
                ":foo:1",
                ":protocol:websocket"
            })
    void aMalformedFieldResetsTheStream(String field) throws Exception {
        var colon = field.indexOf(':', 1) < 0 ? 0 : field.indexOf(':', 1);
        try (var log = CapturedLog.of("asgi4j.access")) {
            var client = connect();
            var name = field.substring(0, colon);
            var value = field.substring(colon + 1);
            client.headers(
                    1,
                    true,
                    name.startsWith(":")
                            ? concat(new String[] {name, value}, request("GET", "/"))
                            : concat(request("GET", "/"), name, value));
            client.assertReset(1, Http2Wire.PROTOCOL_ERROR);
            assertEquals(200, client.get(3, "/").response(3).status());
            assertEquals("400", log.nextLine().replaceAll(".*\" (\\d+).*", "$1"));
        }
        assertEquals("/", scopes.take().path());
        assertNull(scopes.poll());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "a", "http://a/", "/a b", "/\u0000", "/\r\n", "/#a", "/%zz", "/%ff", "/ HTTP/1.1\r\n"})
    void aPathThatIsNoneIsRefused(String path) throws Exception {
        var client = connect().get(1, path);
        while (true) {
            var frame = client.next();
            if (frame.stream() == 1 && frame.type() == Http2Wire.HEADERS) {
                assertEquals("400", Http2Wire.decode(frame).status().toString());
                break;
            } else if (frame.stream() == 1) {
                assertEquals(Http2Wire.PROTOCOL_ERROR, frame.error());
                break;
            }
        }
        client.get(3, "/ok").response(3);
        assertEquals("/ok", scopes.take().path());
    }

    @Test
    void theConnectMethodIsRefused() throws Exception {
        var client = connect();
        assertEquals(
                501,
                client.headers(1, false, ":method", "CONNECT", ":authority", "a:1")
                        .response(1)
                        .status());
        client.headers(3, true, ":method", "CONNECT", ":authority", "a:1", ":path", "/");
        client.assertReset(3, Http2Wire.PROTOCOL_ERROR);
        client.headers(5, true, ":method", "CONNECT").assertReset(5, Http2Wire.PROTOCOL_ERROR);
        client.headers(7, false, concat(request("CONNECT", "/"), ":protocol", "connect-udp"));
        assertEquals(501, client.response(7).status());
    }

    @Test
    void aRequestWithoutAHostIsRefused() throws Exception {
        var client = connect().headers(1, true, ":method", "GET", ":scheme", "http", ":path", "/");
        assertEquals(400, client.response(1).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp", "http://x", "http:"})
    void anotherSchemeIsRefused(String scheme) throws Exception {
        var client = connect().headers(1, true, ":method", "GET", ":scheme", scheme, ":path", "/", ":authority", "a");
        assertEquals(400, client.response(1).status());
    }

    @Test
    void theSchemeOfTheConnectionIsTold() throws Exception {
        connect()
                .headers(1, true, ":method", "GET", ":scheme", "https", ":path", "/", ":authority", "a")
                .response(1);
        assertEquals("http", scopes.take().scheme());
    }

    @Test
    void optionsMayAskForTheServer() throws Exception {
        connect().headers(1, true, request("OPTIONS", "*")).response(1);
        assertEquals("*", scopes.take().path());
    }

    @Test
    void aBodyThatIsNotAsLongAsDeclaredResetsTheStream() throws Exception {
        var client = connect().post(1, "/", "content-length", "3").data(1, "ab", true);
        client.assertReset(1, Http2Wire.PROTOCOL_ERROR);
        client.post(3, "/", "content-length", "3").data(3, "abcd", false);
        client.assertReset(3, Http2Wire.PROTOCOL_ERROR);
    }

    @Test
    void aHalfPrefaceIsHttp1UntilItIsComplete() throws Exception {
        var server = serve(echo);
        var octets = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
        var client = closing(Http2Wire.silent(server.port()));
        for (var octet : octets) {
            client.send(new byte[] {octet});
        }
        assertEquals(200, client.settings().get(1, "/").response(1).status());
        assertEquals(
                505,
                connect(server).send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\r").read().status());
        assertEquals(
                200,
                connect(server)
                        .send("PRIX / HTTP/1.1\r\nHost: a\r\n\r\n")
                        .read()
                        .status());
    }
}
