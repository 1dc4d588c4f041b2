package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.bytes;
import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.oneOf;
import static io.asgi4j.tck.scenario.Matchers.requestHeader;
import static io.asgi4j.tck.scenario.Matchers.scope;
import static io.asgi4j.tck.scenario.Matchers.scopeOf;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.trace;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.calls;
import static io.asgi4j.tck.scenario.Scripts.respond;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.TraceMatcher;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an application learns of requests that come over HTTP/2, by prior knowledge in clear text. */
@Needs(Feature.HTTP2)
public abstract class Http2ScopeTck extends Tck {
    @Test
    @Requirement("http2.scope.version")
    final void aRequestOverHttp2HasItsVersion() {
        scenario(app(respond(200, "hello")))
                .http2Get(1, "")
                .expectOnStream(1, status(200), body("hello"))
                .expectApp(called(1), scope("type", "http"), scope("http_version", "2"));
    }

    @Test
    @Requirement("http2.scope.cookies")
    final void theCrumbsOfACookieAreDeliveredAsTheyCameOrJoined() {
        scenario(app(respond(204)))
                .http2Get(1, "", "cookie", "a=1", "cookie", "b=2; c=3")
                .expectOnStream(1, status(204))
                .expectApp(fields(
                        "the fields cookie as they came, or one of them with the value \"a=1; b=2; c=3\"",
                        fields -> values("cookie", fields).equals(List.of("a=1", "b=2; c=3"))
                                || values("cookie", fields).equals(List.of("a=1; b=2; c=3"))));
    }

    @Test
    @Requirement("core.headers.authority-is-host")
    final void theAuthorityIsDeliveredAsTheFirstField() {
        scenario(app(respond(204)))
                .http2Get(1, "", "x-before", "1", "accept", "*/*")
                .expectOnStream(1, status(204))
                .expectApp(
                        requestHeader("host", "{host}"),
                        fields(
                                "host as the first field",
                                fields -> !fields.isEmpty()
                                        && fields.getFirst().name().equals("host")));
    }

    @Test
    @Requirement("core.headers.no-pseudo-fields-in")
    final void pseudoFieldsAreNotDelivered() {
        scenario(app(respond(204)))
                .http2Get(1, "/x?y=1", "x-after", "1")
                .expectOnStream(1, status(204))
                .expectApp(
                        requestHeader("x-after", "1"),
                        fields(
                                "no field whose name begins with a colon",
                                fields -> fields.stream()
                                        .noneMatch(field -> field.name().startsWith(":"))));
    }

    @Test
    @Requirement("http.scope.multiplexed")
    final void requestsOfOneConnectionAreAnsweredOnTheirStreams() {
        scenario(calls(app(await("go"), respond(200, "first")), app(respond(200, "second"))))
                .http2Get(1, "?n=1", "x-number", "1")
                .awaitApp("scope")
                .http2Get(3, "?n=2", "x-number", "2")
                .expectOnStream(3, status(200), body("second"))
                .signal("go")
                .expectOnStream(1, status(200), body("first"))
                .expectApp(
                        called(2),
                        scopeOf(0, "query_string", oneOf(bytes("n=1"))),
                        scopeOf(1, "query_string", oneOf(bytes("n=2"))));
    }

    private record HeaderField(String name, String value) {}

    private static TraceMatcher fields(String expected, Predicate<List<HeaderField>> predicate) {
        return trace(
                expected,
                view -> view.entries().stream()
                        .filter(entry -> entry.kind() == Kind.SCOPE)
                        .flatMap(entry -> Stream.ofNullable(entry.event()))
                        .map(Http2ScopeTck::fields)
                        .allMatch(predicate));
    }

    private static List<HeaderField> fields(Value.Dict scope) {
        return scope.get("headers") instanceof Value.Items pairs
                ? pairs.items().stream()
                        .flatMap(pair -> pair instanceof Value.Items items ? Stream.of(field(items)) : Stream.empty())
                        .toList()
                : List.of();
    }

    private static HeaderField field(Value.Items pair) {
        return new HeaderField(text(pair.items().getFirst()), text(pair.items().getLast()));
    }

    private static String text(Value value) {
        return value instanceof Value.Literal literal ? literal.latin1() : "";
    }

    private static List<String> values(String name, List<HeaderField> fields) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(HeaderField::value)
                .toList();
    }
}
