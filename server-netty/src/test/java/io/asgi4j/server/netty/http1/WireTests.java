package io.asgi4j.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.Reply;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WireClient;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Odd and hostile requests, byte by byte. */
@UnderBothSchedulers
class WireTests extends ServerTests {
    WireTests(Setup setup) {
        super(setup);
    }

    private TestServer server() throws IOException {
        return serve((scope, receive, send) -> {
            if (scope.path().equals("/echo")) {
                Answers.echo(receive, send);
            } else {
                Answers.text(send, scope.path());
            }
        });
    }

    private static String answer(Reply reply) {
        return reply.status() == 200 ? "200=" + reply.body() : "" + reply.status();
    }

    private static void assertEnd(String end, WireClient client) throws IOException {
        switch (end) {
            case "kept" -> {
                var next = client.send("GET /kept HTTP/1.1\r\nHost: a.test\r\n\r\n")
                        .read();
                assertEquals("200=/kept", answer(next));
            }
            case "closed" -> client.assertEnds();
            case "waits" -> client.assertSilent();
            default -> throw new AssertionError(end);
        }
    }

    static List<Wire> requests() {
        return Wire.all();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestGetsTheAnswersThatItDeserves(Wire wire) throws Exception {
        var client = connect(server());
        for (var piece : wire.pieces()) {
            client.trySend(piece);
        }
        for (var expected : wire.answers()) {
            assertEquals(expected, answer(client.read()));
        }
        assertEnd(wire.end(), client);
    }

    static Stream<Wire> bodies() {
        return Wire.all().stream().filter(Wire::isForEcho);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void whatFollowsABodyIsServedThenAndOnlyThenIfTheApplicationDoesNotReadIt(Wire wire) throws Exception {
        var client = connect(server());
        for (var piece : wire.pieces()) {
            client.trySend(piece.replace("/echo", "/unread"));
        }
        if (wire.end().equals("kept")) {
            for (var expected : wire.answers()) {
                assertEquals(
                        expected.equals("200=/next") || expected.equals("200=/"),
                        !client.read().body().equals("/unread"));
            }
            assertEnd("kept", client);
        } else {
            client.finish();
            assertFalse(client.readRest().contains("/next"));
        }
    }
}
