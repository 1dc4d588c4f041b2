package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.scope;
import static io.asgi4j.tck.scenario.Matchers.trace;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.last;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.sendText;
import static io.asgi4j.tck.scenario.Scripts.start;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.script.TraceEntry.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a client in daily use makes of the server: OkHttp, which keeps connections, compresses messages and forgives little. */
public abstract class RealClientTck extends Tck {
    @Test
    @Requirement({"http.connection.kept", "http.response.body-concatenated"})
    final void aRealClientGetsOneResponseAfterTheOther() {
        scenario(app(receiveUntilBodyEnds(), start(200, "content-type", "text/plain"), more("hel"), last("lo")))
                .okHttpGets(3, "hello")
                .expectApp(
                        called(3),
                        trace(
                                "one connection for all calls",
                                view -> view.entries().stream()
                                                .filter(entry -> entry.kind() == Kind.SCOPE)
                                                .flatMap(entry -> Stream.ofNullable(entry.event()))
                                                .map(scope -> scope.get("client"))
                                                .distinct()
                                                .count()
                                        == 1));
    }

    @Test
    @Requirement({"http.request.body-events", "http.response.body-concatenated"})
    final void aRealClientPostsALargeBody() {
        scenario(app(
                        receiveUntilBodyEnds().summarised(),
                        start(200, "content-length", "200000"),
                        last(fill("down", 200_000))))
                .okHttpPosts(fill("up", 1_000_000), fill("down", 200_000))
                .expectApp(scope("method", "POST"), requestBody(fill("up", 1_000_000)));
    }

    @Test
    @Requirement({"websocket.messages.order", "websocket.messages.kind-kept", "websocket.close.client-code"})
    @Needs(Feature.WEBSOCKET)
    final void aRealClientTalksOverAWebSocket() {
        var words = "many words ".repeat(1000);
        scenario(app(
                        connectAndAccept(),
                        receive(),
                        sendText("first"),
                        receive(),
                        sendText(words),
                        receive(),
                        sendText(""),
                        receive()))
                .okHttpTalks(List.of("one", words, ""), List.of("first", words, ""))
                .expectApp(
                        inOrder(
                                received("websocket.receive").with("text", "one"),
                                received("websocket.receive").with("text", words),
                                received("websocket.receive").with("text", "")),
                        returned())
                .about("websocket.close.client-code")
                .expectApp(received("websocket.disconnect").with("code", 1000));
    }
}
