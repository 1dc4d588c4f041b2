package io.asgi4j.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TransportMode;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.OnEveryTransport;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.extension.HttpRequestTrailers;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a request's body reaches the application. */
@OnEveryTransport
class RequestBodyTests extends ServerTests {
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final BlockingQueue<InboundEvent> events = new LinkedBlockingQueue<>();

    /** NIO tells nothing of a connection that is not read. */
    private final boolean noticesResetsUnread;

    RequestBodyTests(Setup setup) {
        super(setup);
        noticesResetsUnread = setup.transport() != TransportMode.NIO;
    }

    @Test
    void aRequestWithoutBodyIsOneEmptyEvent() throws Exception {
        exchange(GET, (scope, receive, send) -> {
            events.add(receive.receive());
            Answers.text(send, "");
        });
        assertEquals(HttpRequest.end(), events.take());
    }

    @Test
    void aBodyWithContentLengthArrives() throws Exception {
        var reply = exchange(
                POST + "Content-Length: 5\r\n\r\nhello", (scope, receive, send) -> Answers.echo(receive, send));
        assertEquals("hello", reply.body());
    }

    @Test
    void aChunkedBodyArrivesDecoded() throws Exception {
        var reply = exchange(
                POST + "Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nX-T: 1\r\n\r\n",
                (scope, receive, send) -> Answers.echo(receive, send));
        assertEquals("hello world", reply.body());
    }

    @Test
    void onlyTheLastEventOfABodySaysSo() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            for (var more = true; more; ) {
                var event = (HttpRequest) receive.receive();
                events.add(event);
                more = event.moreBody();
            }
            Answers.text(send, "");
        }));
        client.send(POST + "Content-Length: 2\r\n\r\na");
        assertEquals(new HttpRequest(StandardCharsets.US_ASCII.encode("a"), true), events.take());
        client.send("b");
        assertEquals(200, client.read().status());
        var rest = List.copyOf(events);
        for (var event : rest) {
            assertEquals(event != rest.getLast(), ((HttpRequest) event).moreBody());
        }
    }

    @Test
    void aPartOfABodyIsDeliveredBeforeTheRestHasArrived() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            events.add(receive.receive());
            Answers.echo(receive, send);
        }));
        client.send(POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel");
        assertTrue(((HttpRequest) events.take()).moreBody());
        client.send("lo\r\n0\r\n\r\n");
        assertEquals(200, client.read().status());
    }

    @Test
    void aBodyThatTricklesInArrivesWhole() throws Exception {
        var client = connect(serve((scope, receive, send) -> Answers.echo(receive, send)));
        for (var c : (POST + "Content-Length: 5\r\n\r\nhello").toCharArray()) {
            client.send(String.valueOf(c));
        }
        assertEquals("hello", client.read().body());
    }

    @Test
    void aLargeBodyArrivesWhole() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            var sum = 0L;
            for (var more = true; more; ) {
                var event = (HttpRequest) receive.receive();
                for (var b : Answers.bytes(event.body())) {
                    sum += b;
                }
                more = event.moreBody();
            }
            Answers.text(send, Long.toString(sum));
        }));
        client.send(POST + "Content-Length: 5000000\r\n\r\n").send("\001".repeat(5_000_000));
        assertEquals("5000000", client.read().body());
    }

    @Test
    void manyTinyChunksArriveWhole() throws Exception {
        var reply = exchange(
                POST + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(2000) + "0\r\n\r\n",
                (scope, receive, send) ->
                        Answers.text(send, "" + Answers.body(receive).length()));
        assertEquals("2000", reply.body());
    }

    @Test
    void aDeliveredBufferStaysAsItIs() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            var first = (HttpRequest) receive.receive();
            events.add(first);
            Answers.body(receive);
            Answers.text(send, new String(Answers.bytes(first.body())));
        }));
        client.send(POST + "Content-Length: 100005\r\n\r\nhello");
        events.take();
        client.send("x".repeat(100_000));
        assertEquals("hello", client.read().body());
    }

    @Test
    void requestTrailersAreAnEventBehindTheBody() throws Exception {
        var reply = exchange(
                POST + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Sum: 1\r\nx-sum: 2\r\n\r\n",
                (scope, receive, send) -> {
                    var body = Answers.body(receive);
                    var trailers = assertInstanceOf(HttpRequestTrailers.class, receive.receive());
                    Answers.text(
                            send, body + trailers.headers() + scope.headers().contains("x-sum"));
                });
        assertEquals("x" + Headers.of("x-sum", "1", "x-sum", "2") + "false", reply.body());
    }

    @Test
    void trailersCountAgainstTheLimitOfFields() throws Exception {
        var server = serve(options().with(ServerOptions.MAX_HEADER_FIELDS, 5), (scope, receive, send) -> {
            while (!(receive.receive() instanceof HttpDisconnect)) {}
        });
        var head = POST + "Transfer-Encoding: chunked\r\n\r\n0\r\n";
        var client = connect(server).send(head + "A: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\n\r\n");
        assertEquals(431, client.read().status());
        client.assertEnds();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n9\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n"
            })
    void aTruncatedBodyIsDeliveredAsFarAsItCameAndNeverLooksComplete(String rest) throws Exception {
        var received = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            events.add(receive.receive());
            received.countDown();
            events.add(receive.receive());
            events.add(receive.receive());
        });
        var client = connect(server).send(POST + rest);
        await(received);
        client.finish();
        server.assertReturns();
        var first = (HttpRequest) events.take();
        assertEquals("hello", new String(Answers.bytes(first.body())));
        assertTrue(first.moreBody());
        assertEquals(new HttpDisconnect(), events.take());
        assertEquals(new HttpDisconnect(), events.take());
    }

    @Test
    void bytesThatCameBeforeTheClientLeftAreDeliveredFirst() throws Exception {
        var left = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            scope.connection().disconnected().onSet(left::countDown);
            scope.connection().disconnected().await();
            events.add(receive.receive());
            events.add(receive.receive());
        });
        connect(server).send(POST + "Content-Length: 10\r\n\r\nhello").finish();
        await(left);
        server.assertReturns();
        assertEquals("hello", new String(Answers.bytes(((HttpRequest) events.take()).body())));
        assertEquals(new HttpDisconnect(), events.take());
    }

    @Test
    void aBrokenChunkIsADisconnectForTheApplicationAndA400ForTheClient() throws Exception {
        var server = serve((scope, receive, send) -> Answers.echo(receive, send));
        var client = connect(server).send(POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX");
        assertEquals(400, client.read().status());
        client.assertEnds();
        server.assertThrows(EOFException.class);
    }

    @Test
    void aBrokenChunkCutsAResponseThatHasBegun() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.more("begun"));
            Answers.body(receive);
        }));
        client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
        assertEquals('H', client.readByte());
        client.send("XX\r\n");
        assertFalse(client.readRest().contains("0\r\n\r\n"));
    }

    @Test
    void theClientIsAskedForItsBodyWhenTheApplicationReceives() throws Exception {
        var wanted = new CountDownLatch(1);
        var client = connect(serve((scope, receive, send) -> {
            wanted.await();
            Answers.echo(receive, send);
        }));
        client.send(POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        client.assertSilent();
        wanted.countDown();
        assertEquals("HTTP/1.1 100 Continue", client.read().line());
        assertEquals("hello", client.send("hello").read().body());
        assertEquals(200, client.send(POST + "Content-Length: 0\r\n\r\n").read().status());
    }

    @Test
    void theClientIsNotAskedForItsBodyIfTheApplicationAnswersFirst() throws Exception {
        var client = connect(serve((scope, receive, send) -> Answers.text(send, "no")));
        client.send(POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        var reply = client.read();
        assertEquals(200, reply.status());
        assertEquals("close", reply.field("connection"));
        client.assertCloses();
    }

    @Test
    void theClientIsNotAskedForItsBodyOnceTheResponseHasStarted() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            var body = Answers.body(receive);
            send.send(HttpResponseBody.last(body));
        }));
        client.send(POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        client.send("hello");
        var reply = client.read();
        assertEquals(200, reply.status());
        assertEquals("hello", reply.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
                "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n"
            })
    void nobodyIsAskedForABodyThatIsThereOrNotToCome(String request) throws Exception {
        assertEquals(
                200,
                exchange(request, (scope, receive, send) -> Answers.echo(receive, send))
                        .status());
    }

    @Test
    void anExpectationThatIsUnknownIsRefused() throws Exception {
        var server = serve((scope, receive, send) -> Answers.echo(receive, send));
        var client = connect(server).send(POST + "Expect: banana\r\nContent-Length: 5\r\n\r\nhello");
        assertEquals(417, client.read().status());
        assertEquals(0, server.calls().intValue());
    }

    @Test
    void aPipelinedContinueComesBehindTheFirstAnswer() throws Exception {
        var client = connect(serve((scope, receive, send) -> Answers.echo(receive, send)));
        client.send(GET + POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        var statuses = List.of(client.read().status(), client.read().status());
        assertEquals(List.of(200, 100), statuses);
        assertEquals("hello", client.send("hello").read().body());
    }

    @Test
    void bytesThatWaitedAreDeliveredAlthoughTheConnectionWasReset() throws Exception {
        var chunk = "258\r\n" + "x".repeat(600) + "\r\n";
        var begun = new CountDownLatch(1);
        var server = serve(options().with(ServerOptions.READ_AHEAD, 1024), (scope, receive, send) -> {
            begun.countDown();
            if (noticesResetsUnread) {
                scope.connection().disconnected().await();
            }
            var bytes = 0;
            while (receive.receive() instanceof HttpRequest part) {
                assertTrue(part.moreBody());
                bytes += part.body().remaining();
            }
            assertEquals(1800, bytes);
        });
        // One segment, so that the server has all of it before the reset.
        var client = connect(server).send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk);
        begun.await();
        client.reset();
        server.assertReturns();
    }
}
