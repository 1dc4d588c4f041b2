package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.HttpApplication;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a response whose application returns too early or throws. */
@UnderBothSchedulers
class FailureTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String OLD = "GET / HTTP/1.0\r\n\r\n";

    private final CapturedLog log = closing(CapturedLog.of("asgi4j.error"));

    FailureTests(Setup setup) {
        super(setup);
    }

    private static RuntimeException defect() {
        return new IllegalArgumentException("a secret of the application");
    }

    @Test
    void anApplicationThatThrowsIsAnsweredFor() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            throw defect();
        }));
        var reply = client.send(GET).read();
        assertEquals("HTTP/1.1 500 Internal Server Error", reply.line());
        assertEquals("Internal Server Error", reply.body());
        assertEquals("text/plain; charset=utf-8", reply.field("content-type"));
        assertEquals("close", reply.field("connection"));
        client.assertCloses();
        assertEquals("ERROR Exception in ASGI application (http scope)", log.nextLine());
    }

    @Test
    void anErrorIsContainedLikeAnException() throws Exception {
        var server = serve((scope, receive, send) -> {
            throw new StackOverflowError();
        });
        assertEquals(500, connect(server).send(GET).read().status());
        assertEquals(500, connect(server).send(GET).read().status());
    }

    @Test
    void anApplicationThatReturnsWithoutResponseIsAnsweredFor() throws Exception {
        var client = connect(serve((scope, receive, send) -> {}));
        assertEquals(500, client.send(GET).read().status());
        assertEquals("ERROR ASGI application returned without a response (http scope)", log.nextLine());
        var head = client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").readHead();
        assertEquals("21", head.field("content-length"));
        assertEquals(500, client.send(GET).read().status());
    }

    /** The ways in which a call may end too early. */
    private enum End {
        RETURN,
        THROW;

        void end() {
            if (this == THROW) {
                throw defect();
            }
        }
    }

    private void assertTruncated(String request, HttpApplication application, String body) throws Exception {
        var client = connect(serve(application));
        var reply = client.send(request).read();
        assertEquals(200, reply.status());
        assertEquals(body, reply.body());
        assertFalse(reply.complete());
        client.assertEnds();
        assertEquals(1, log.all().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETURN", "THROW"})
    void aChunkedResponseThatIsNotCompletedHasNoLastChunk(End end) throws Exception {
        assertTruncated(
                GET,
                (scope, receive, send) -> {
                    send.send(new HttpResponseStart(200));
                    send.send(HttpResponseBody.more("part"));
                    end.end();
                },
                "part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETURN", "THROW"})
    void aDeclaredLengthIsNotPadded(End end) throws Exception {
        assertTruncated(
                GET,
                (scope, receive, send) -> {
                    send.send(new HttpResponseStart(200, Headers.of("content-length", "10")));
                    send.send(HttpResponseBody.more("part"));
                    end.end();
                },
                "part");
    }

    @Test
    void aResponseThatEndsWithItsConnectionIsReset() throws Exception {
        var read = new CountDownLatch(1);
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.more("part"));
            read.await();
            throw defect();
        }));
        client.send(OLD);
        for (var c = client.readByte(); c != 'p'; ) {
            c = client.readByte();
        }
        assertEquals('a', client.readByte());
        assertEquals('r', client.readByte());
        assertEquals('t', client.readByte());
        read.countDown();
        client.assertReset();
    }

    @Test
    void aResponseOfWhichNothingButTheStartWasSentIsNotPadded() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            throw defect();
        }));
        var reply = client.send(GET).read();
        assertFalse(reply.status() == 200 && reply.complete());
        client.assertEnds();
    }

    @Test
    void fewerBytesThanDeclaredAreVisiblyTruncated() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200, Headers.of("content-length", "10")));
            send.send(HttpResponseBody.last("hello"));
        }));
        var reply = client.send(GET).read();
        assertEquals("hello", reply.body());
        assertFalse(reply.complete());
        client.assertEnds();
        assertTrue(log.nextLine().startsWith("ERROR"));
    }

    @Test
    void trailersThatNeverComeLeaveTheResponseIncomplete() throws Exception {
        assertTruncated(
                GET,
                (scope, receive, send) -> {
                    send.send(new HttpResponseStart(200, Headers.empty(), true));
                    send.send(HttpResponseBody.last("all"));
                },
                "all");
    }

    @Test
    void anExceptionBehindACompleteResponseIsLoggedAndNoMore() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            Answers.text(send, "whole");
            throw defect();
        }));
        client.send(GET + GET);
        assertEquals("whole", client.read().body());
        assertEquals("whole", client.read().body());
        assertEquals("whole", client.send(GET).read().body());
        assertEquals("ERROR Exception in ASGI application (http scope)", log.nextLine());
    }

    @Test
    void theServersOwnExceptionIsSwallowedEvenIfItIsWrapped() throws Exception {
        var server = serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            while (true) {
                try {
                    send.send(HttpResponseBody.more("x".repeat(1000)));
                } catch (ClientDisconnectedException gone) {
                    throw new UncheckedIOException(gone);
                }
            }
        });
        var client = connect(server);
        client.send(GET).readByte();
        client.reset();
        server.assertThrows(UncheckedIOException.class);
        assertEquals(200, answerOf(server));
        assertEquals(List.of(), log.all());
    }

    /** A second exchange gives the first one time to say what it should not. */
    private int answerOf(io.asgi4j.server.netty.testing.TestServer server) throws Exception {
        var client = connect(server);
        client.send(GET);
        for (var i = 0; i < 9; i++) {
            client.readByte();
        }
        return 100 * (client.readByte() - '0') + 10 * (client.readByte() - '0') + client.readByte() - '0';
    }

    @Test
    void aCallThatReturnsAfterItsClientLeftIsTheGoodCase() throws Exception {
        var server = serve((scope, receive, send) -> {
            receive.receive();
            receive.receive();
        });
        connect(server).send(GET).reset();
        server.assertReturns();
        server.close();
        assertEquals(List.of(), log.all());
    }

    @Test
    void workAfterTheResponseHoldsUpNobody() throws Exception {
        var over = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            Answers.text(send, "now");
            over.await();
        });
        var client = connect(server);
        assertEquals("now", client.send(GET).read().body());
        assertEquals("now", client.send(GET).read().body());
        over.countDown();
        server.assertReturns();
        server.assertReturns();
    }
}
