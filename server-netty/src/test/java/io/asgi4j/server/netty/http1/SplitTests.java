package io.asgi4j.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.extension.HttpRequestTrailers;
import org.junit.jupiter.api.Test;

/** That it does not matter how TCP cuts a request into pieces. */
@UnderBothSchedulers
class SplitTests extends ServerTests {
    private static final String REQUESTS =
            "POST http://b/p%C3%A9?q HTTP/1.1\r\nHost: a\r\nX: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3;e=f\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: u\r\n\r\n"
                    + "PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwxyz";

    SplitTests(Setup setup) {
        super(setup);
    }

    @Test
    void aRequestThatIsCutAnywhereIsTheSameRequest() throws Exception {
        var server = serve((scope, receive, send) -> {
            var body = Answers.body(receive);
            var trailers = scope.method().equals("POST") ? ((HttpRequestTrailers) receive.receive()).headers() : "none";
            Answers.text(
                    send,
                    String.join(
                            " ",
                            scope.method(),
                            scope.rawPath(),
                            scope.queryString(),
                            "" + scope.headers(),
                            body,
                            "" + trailers));
        });
        String whole = null;
        for (var cut = REQUESTS.length(); cut > 0; cut--) {
            try (var client = WireClient.connect(server.port())) {
                client.send(REQUESTS.substring(0, cut)).send(REQUESTS.substring(cut));
                var answers = client.read().body() + "\n" + client.read().body();
                if (whole == null) {
                    whole = answers;
                }
                assertEquals(whole, answers, "cut at " + cut);
            }
        }
    }
}
