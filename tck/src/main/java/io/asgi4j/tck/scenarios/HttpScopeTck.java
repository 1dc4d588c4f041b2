package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.framedBy;
import static io.asgi4j.tck.scenario.Matchers.latin1;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.requestHeader;
import static io.asgi4j.tck.scenario.Matchers.requestHeaderOf;
import static io.asgi4j.tck.scenario.Matchers.scope;
import static io.asgi4j.tck.scenario.Matchers.scopeOf;
import static io.asgi4j.tck.scenario.Matchers.withEntry;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.calls;
import static io.asgi4j.tck.scenario.Scripts.lifespan;
import static io.asgi4j.tck.scenario.Scripts.mutateScope;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.stateAppend;
import static io.asgi4j.tck.scenario.Scripts.stateGet;
import static io.asgi4j.tck.scenario.Scripts.statePut;
import static io.asgi4j.tck.scenario.Scripts.stateRemove;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.scenario.EntryMatcher;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.wire.Framing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the scope tells of a request. */
public abstract class HttpScopeTck extends Tck {
    private static final Value NUMBER = Value.of(1);

    /** Those of RFC 9110 and PATCH, apart from CONNECT, which asks for a tunnel, and TRACE, which many servers refuse. */
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

    private static final int ODD_REQUESTS = 20;

    @Test
    @Requirement({
        "core.scope.type",
        "core.version.core",
        "core.version.http",
        "http.scope.version",
        "http.scope.method",
        "http.scope.path",
        "http.scope.query-string",
        "http.scope.root-path"
    })
    final void aMinimalRequestHasACompleteScope() {
        answering()
                .get()
                .expectStatus(204)
                .expectApp(
                        scope("type", "http"),
                        scope("asgi", withEntry("version", Value.of("3.0"))),
                        scope("http_version", "1.1"),
                        scope("method", "GET"),
                        scope("path", "{path}"),
                        scope("query_string", latin1("")),
                        scope("root_path", ""),
                        requestHeader("host", "{host}"))
                .about("core.version.http")
                .expectApp(scope("asgi", withEntry("spec_version", Value.of("2.5"))));
    }

    @Test
    @Requirement("http.scope.scheme")
    final void theSchemeOfAPlainConnectionIsHttp() {
        answering().get().expectStatus(204).expectApp(scope("scheme", "http"));
    }

    @Test
    @Requirement("http.scope.client")
    final void theClientIsThePeerOfTheConnection() {
        answering()
                .get()
                .expectStatus(204)
                .expectApp(scope("client", Value.list(Value.of("{client_host}"), Value.of("{client_port}"))));
    }

    @Test
    @Requirement("http.scope.server")
    final void theServerIsWhereTheRequestArrived() {
        answering()
                .get()
                .expectStatus(204)
                .expectApp(scope("server", Value.list(Value.of("{server_host}"), Value.of("{server_port}"))));
    }

    @Test
    @Requirement("http.scope.client-not-from-fields")
    final void forwardingFieldsAreNotBelieved() {
        answering()
                .send(
                        "GET {path} HTTP/1.1",
                        "Host: {host}",
                        "X-Forwarded-For: 203.0.113.9",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: elsewhere.example",
                        "Forwarded: for=203.0.113.9;proto=https;host=elsewhere.example",
                        "")
                .expectStatus(204)
                .expectApp(
                        scope("client", Value.list(Value.of("{client_host}"), Value.of("{client_port}"))),
                        scope("scheme", "http"),
                        requestHeader("host", "{host}"),
                        requestHeader("x-forwarded-for", "203.0.113.9"));
    }

    @Test
    @Requirement("http.scope.client-not-from-fields")
    final void forwardingFieldsWithoutMeaningDoNoHarm() {
        answering()
                .send(
                        "GET {path} HTTP/1.1",
                        "Host: {host}",
                        "X-Forwarded-For: ",
                        "X-Forwarded-For: 999.0.0.1, [::, ,\"",
                        "X-Forwarded-Proto: gopher",
                        "X-Forwarded-Port: none",
                        "Forwarded: for=;;=,\"",
                        "")
                .expectStatus(204)
                .expectApp(
                        scope("client", Value.list(Value.of("{client_host}"), Value.of("{client_port}"))),
                        scope("scheme", "http"));
    }

    @Test
    @Requirement({
        "http.scope.method",
        "http.scope.path",
        "http.scope.raw-path",
        "http.scope.query-string",
        "http.scope.headers",
        "core.headers.values-exact"
    })
    final void unusualRequestsAreDeliveredAsTheyAre() {
        scenario(app(receiveUntilBodyEnds(), respond(204)))
                .write("M-SEARCH {path}/~a.b-c_d/!$&'()*+,;=:@//%41%2fz/. HTTP/1.1\r\nHost: {host}\r\n")
                .write("!#$%&'*+-.^_`|~09az: \"quoted, string\"; a=b\r\nTransfer-Encoding: chunked\r\n\r\n")
                .write("00005;name=\"va;lue\"\r\nhello\r\n0\r\n\r\n")
                .expectStatus(204)
                .expectApp(
                        scope("method", "M-SEARCH"),
                        scope("path", "{path}/~a.b-c_d/!$&'()*+,;=:@//A/z/."),
                        scope("raw_path", latin1("{path}/~a.b-c_d/!$&'()*+,;=:@//%41%2fz/.")),
                        scope("query_string", latin1("")),
                        requestHeader("!#$%&'*+-.^_`|~09az", "\"quoted, string\"; a=b"),
                        requestBody("hello"));
    }

    @Test
    @Requirement("http.scope.method")
    final void eachMethodIsDelivered() {
        var scenario = answering();
        for (var i = 0; i < METHODS.size(); i++) {
            scenario.on(METHODS.get(i))
                    .send(METHODS.get(i) + " {path} HTTP/1.1", "Host: {host}", "Content-Length: 0", "")
                    .expectStatus(204)
                    .expectApp(scopeOf(i, "method", Value.of(METHODS.get(i))));
        }
    }

    @Test
    @Requirement({"http.scope.path", "http.scope.raw-path", "http.scope.query-string"})
    final void oddTargetsAreDeliveredAsTheyAre() {
        var odd = new Oddities(1);
        var targets = Stream.generate(odd::target).limit(ODD_REQUESTS).toList();
        var scenario = answering();
        for (var i = 0; i < ODD_REQUESTS; i++) {
            scenario.on("request " + i).get(targets.get(i).written()).expectStatus(204);
        }
        scenario.about("http.scope.path");
        for (var i = 0; i < ODD_REQUESTS; i++) {
            scenario.expectApp(
                    scopeOf(i, "path", Value.of("{path}" + targets.get(i).path())));
        }
        scenario.about("http.scope.query-string");
        for (var i = 0; i < ODD_REQUESTS; i++) {
            scenario.expectApp(scopeOf(i, "query_string", latin1(targets.get(i).query())));
        }
        scenario.about("http.scope.raw-path");
        for (var i = 0; i < ODD_REQUESTS; i++) {
            scenario.expectApp(
                    scopeOf(i, "raw_path", latin1("{path}" + targets.get(i).rawPath())));
        }
    }

    @Test
    @Requirement({
        "http.scope.headers",
        "core.headers.pairs-kept",
        "core.headers.order-kept",
        "core.headers.values-exact",
        "core.headers.request-lower-case"
    })
    final void oddFieldsAreDeliveredAsTheyAre() {
        var odd = new Oddities(2);
        var scenario = answering();
        for (var i = 0; i < ODD_REQUESTS; i++) {
            var fields = odd.fields();
            var lines = new StringBuilder("GET {path} HTTP/1.1\r\nHost: {host}\r\n");
            var values = new LinkedHashMap<String, List<String>>();
            for (var field : fields) {
                lines.append(field.name()).append(": ").append(field.value()).append("\r\n");
                values.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(field.value());
            }
            scenario.on("request " + i)
                    .writeInPieces(odd.pieceSize(), lines + "\r\n")
                    .expectStatus(204);
            for (var name : values.keySet()) {
                scenario.expectApp(requestHeaderOf(i, name, values.get(name).toArray(String[]::new)));
            }
        }
    }

    @Test
    @Requirement({"http.scope.version", "http.response.http-1-0"})
    final void anHttp10RequestIsAnsweredWithoutChunks() {
        scenario(app(respond(200, "hello")))
                .send("GET {path} HTTP/1.0", "Host: {host}", "")
                .about("http.scope.version")
                .expectApp(scope("http_version", "1.0"))
                .about("http.response.http-1-0")
                .expectResponse(framedBy(Framing.CONTENT_LENGTH, Framing.UNTIL_CLOSE))
                .expectClose();
    }

    @Test
    @Requirement({"http.scope.path", "http.scope.raw-path"})
    final void escapesInThePathAreDecodedOnce() {
        answering()
                .get("/one%2Ftwo/a%2525+b")
                .expectStatus(204)
                .expectApp(scope("path", "{path}/one/two/a%25+b"))
                .about("http.scope.raw-path")
                .expectApp(scope("raw_path", latin1("{path}/one%2Ftwo/a%2525+b")));
    }

    @Test
    @Requirement({"http.scope.path", "http.scope.raw-path"})
    final void escapesInThePathAreReadAsUtf8() {
        answering()
                .get("/caf%C3%A9/%e2%82%AC/%F0%9F%98%80")
                .expectStatus(204)
                .expectApp(scope("path", "{path}/caf\u00e9/\u20ac/\ud83d\ude00"))
                .about("http.scope.raw-path")
                .expectApp(scope("raw_path", latin1("{path}/caf%C3%A9/%e2%82%AC/%F0%9F%98%80")));
    }

    @Test
    @Requirement("http.scope.path")
    final void dotSegmentsAndDoubleSlashesStay() {
        answering()
                .get("//a/./b/../c/")
                .expectStatus(204)
                .expectApp(scope("path", "{path}//a/./b/../c/"), scope("raw_path", latin1("{path}//a/./b/../c/")));
    }

    @Test
    @Requirement("http.scope.path-malformed")
    final void aPathThatIsNotUtf8IsRefused() {
        onlyTheFirstIsServed("/%C3%BF", "/%FF");
    }

    @Test
    @Requirement("http.scope.path-malformed")
    final void anOverlongFormInThePathIsRefused() {
        onlyTheFirstIsServed("/%2F", "/%C0%AF");
    }

    @Test
    @Requirement("http.scope.path-malformed")
    final void anEscapeWithoutHexadecimalDigitsIsRefused() {
        onlyTheFirstIsServed("/%5A", "/%zz");
    }

    @Test
    @Requirement("http.scope.path-malformed")
    final void anEscapeThatIsCutOffIsRefused() {
        onlyTheFirstIsServed("/%20", "/%2");
    }

    @Test
    @Requirement("http.scope.target-ascii")
    final void aPathWithAByteOutsideAsciiIsRefused() {
        onlyTheFirstIsServed("/caf%C3%A9", "/caf\u00c3\u00a9");
    }

    @Test
    @Requirement("http.scope.target-ascii")
    final void aQueryWithAByteOutsideAsciiIsRefused() {
        onlyTheFirstIsServed("?caf%E9", "?caf\u00e9");
    }

    @Test
    @Requirement({"http.scope.query-string", "http.scope.raw-path"})
    final void theQueryStaysAsItCame() {
        answering()
                .get("/x?a=%20&b=%C3%A9&a=1+2?/%zz")
                .expectStatus(204)
                .expectApp(
                        scope("query_string", latin1("a=%20&b=%C3%A9&a=1+2?/%zz")),
                        scope("path", "{path}/x"),
                        scope("raw_path", latin1("{path}/x")));
    }

    @Test
    @Requirement("http.scope.query-string")
    final void anEmptyQueryIsEmpty() {
        answering()
                .get("?")
                .expectStatus(204)
                .expectApp(
                        scope("query_string", latin1("")),
                        scope("path", "{path}"),
                        scope("raw_path", latin1("{path}")));
    }

    @Test
    @Requirement("http.scope.absolute-form")
    final void anAbsoluteTargetIsTakenApart() {
        answering()
                .send("GET http://elsewhere.example:81{path}/x?y=1 HTTP/1.1", "Host: {host}", "")
                .expectStatus(204)
                .expectApp(
                        scope("path", "{path}/x"),
                        scope("raw_path", latin1("{path}/x")),
                        scope("query_string", latin1("y=1")),
                        requestHeader("host", "elsewhere.example:81"));
    }

    @Test
    @Requirement("http.scope.asterisk-form")
    final void theTargetOfAnOptionsRequestMayBeAnAsterisk() {
        answering()
                .send("OPTIONS * HTTP/1.1", "Host: {host}", "X-Tck-Scenario: {id}", "")
                .expectStatus(204)
                .expectApp(scope("method", "OPTIONS"), scope("path", "*"), scope("raw_path", latin1("*")));
    }

    @Test
    @Requirement({"core.headers.request-lower-case", "core.headers.lower-case-enforced"})
    final void namesOfFieldsArriveInLowerCase() {
        sending("X-MiXed: VaLue").expectApp(requestHeader("x-mixed", "VaLue"), requestHeader("X-MiXed"));
    }

    @Test
    @Requirement("core.headers.values-exact")
    final void whiteSpaceAroundAValueIsNoPartOfIt() {
        sending("X-A: \t v  w\t ", "X-B:", "X-C:c")
                .expectApp(requestHeader("x-a", "v  w"), requestHeader("x-b", ""), requestHeader("x-c", "c"));
    }

    @Test
    @Requirement("core.headers.values-exact")
    final void aValueOutsideAsciiArrivesByteByByte() {
        sending("X-A: caf\u00e9 \u00c3\u00a9").expectApp(requestHeader("x-a", "caf\u00e9 \u00c3\u00a9"));
    }

    @Test
    @Requirement("core.headers.request-order-kept")
    final void fieldsArriveInTheirOrder() {
        sending("X-B: 1", "X-C: 2", "X-A: 3", "x-b: 4")
                .expectApp(scope(
                        "headers",
                        Value.list(
                                field("host", "{host}"),
                                field("x-b", "1"),
                                field("x-c", "2"),
                                field("x-a", "3"),
                                field("x-b", "4"))));
    }

    @Test
    @Requirement({"http.scope.headers", "core.headers.request-order-kept"})
    final void fieldsOfOneNameArriveInTheirOrder() {
        sending("X-A: 1", "X-B: b", "x-a: 3", "X-A: 2")
                .expectApp(requestHeader("x-a", "1", "3", "2"), requestHeader("x-b", "b"));
    }

    @Test
    @Requirement("http.scope.headers")
    final void aNameWithAnUnderscoreIsDelivered() {
        sending("X_A: 1").expectApp(requestHeader("x_a", "1"));
    }

    @Test
    @Requirement({
        "http.scope.root-path",
        "http.scope.path-includes-root-path",
        "http.scope.root-path-prepended",
        "http.scope.raw-path"
    })
    final void theRootPathIsPutInFrontOfAPathWithoutIt() {
        answering()
                .startedWith(StartOption.ROOT_PATH, "/app")
                .get("/x%20y")
                .expectStatus(204)
                .expectApp(scope("root_path", "/app"), scope("path", "/app{path}/x y"))
                .about("http.scope.raw-path")
                .expectApp(scope("raw_path", latin1("{path}/x%20y")));
    }

    @Test
    @Requirement({"http.scope.root-path", "http.scope.path-includes-root-path"})
    final void aPathThatHasTheRootPathKeepsIt() {
        answering()
                .startedWith(StartOption.ROOT_PATH, "/app")
                .send("GET /app{path}/x HTTP/1.1", "Host: {host}", "")
                .expectStatus(204)
                .expectApp(
                        scope("root_path", "/app"),
                        scope("path", "/app{path}/x"),
                        scope("raw_path", latin1("/app{path}/x")));
    }

    @Test
    @Requirement("http.scope.root-path-prepended")
    final void thePathEqualToTheRootPathIsNotLengthened() {
        answering()
                .startedWith(StartOption.ROOT_PATH, "/app")
                .send("GET /app HTTP/1.1", "Host: {host}", "X-Tck-Scenario: {id}", "")
                .expectStatus(204)
                .expectApp(scope("path", "/app"), scope("raw_path", latin1("/app")));
    }

    @Test
    @Requirement("http.scope.root-path-prepended")
    final void aPathThatOnlyBeginsLikeTheRootPathIsLengthened() {
        answering()
                .startedWith(StartOption.ROOT_PATH, "/app")
                .send("GET /apple HTTP/1.1", "Host: {host}", "X-Tck-Scenario: {id}", "")
                .expectStatus(204)
                .expectApp(scope("path", "/app/apple"), scope("raw_path", latin1("/apple")));
    }

    @Test
    @Requirement("http.scope.asterisk-form")
    final void theAsteriskHasNoRootPath() {
        answering()
                .startedWith(StartOption.ROOT_PATH, "/app")
                .send("OPTIONS * HTTP/1.1", "Host: {host}", "X-Tck-Scenario: {id}", "")
                .expectStatus(204)
                .expectApp(scope("root_path", "/app"), scope("path", "*"), scope("raw_path", latin1("*")));
    }

    @Test
    @Needs({Feature.LIFESPAN, Feature.STATE})
    @Requirement("state.copied")
    final void whatARequestPutsIntoItsStateIsSeenByNoOther() {
        scenario(calls(
                        app(statePut("b", NUMBER), statePut("a", Value.of(2)), stateRemove("c"), respond(204)),
                        app(stateGet("a"), stateGet("b"), stateGet("c"), respond(204))))
                .lifespan(lifespan(statePut("a", NUMBER), statePut("c", NUMBER)))
                .get()
                .expectStatus(204)
                .get()
                .expectStatus(204)
                .expectApp(
                        called(2),
                        secondSees("a", NUMBER),
                        secondSees("c", NUMBER),
                        state("b").detail("present", Value.of(false)));
    }

    @Test
    @Needs({Feature.LIFESPAN, Feature.STATE})
    @Requirement("state.copied")
    final void aMutableValueInTheStateIsShared() {
        scenario(calls(app(stateAppend("list", NUMBER), respond(204)), app(stateGet("list"), respond(204))))
                .lifespan(lifespan(statePut("list", Value.list())))
                .get()
                .expectStatus(204)
                .get()
                .expectStatus(204)
                .expectApp(called(2), secondSees("list", Value.list(NUMBER)));
    }

    @Test
    @Requirement("state.empty-without-lifespan")
    final void withoutLifespanEachRequestHasAnEmptyStateOfItsOwn() {
        scenario(calls(app(statePut("b", NUMBER), stateGet("b"), respond(204)), app(stateGet("b"), respond(204))))
                .startedWith(StartOption.LIFESPAN, "off")
                .get()
                .expectStatus(204)
                .get()
                .expectStatus(204)
                .expectApp(
                        called(2),
                        entry(Kind.STATE).inCall(0).detail("value", NUMBER),
                        state("b").detail("present", Value.of(false)));
    }

    @Test
    @Requirement("core.scope.immutable")
    final void noScopeCanBeChangedInPlace() {
        scenario(app(mutateScope(), respond(204)))
                .get()
                .expectStatus(204)
                .expectApp(entry(Kind.MUTATED).detail("changed", Value.list()));
    }

    private ScenarioBuilder answering() {
        return scenario(app(respond(204)));
    }

    private ScenarioBuilder sending(String... fieldLines) {
        return answering()
                .send("GET {path} HTTP/1.1", "Host: {host}", String.join("\r\n", fieldLines), "")
                .expectStatus(204);
    }

    /** Two requests differ in what follows the path, so that nothing else can be the reason for refusing one. */
    private void onlyTheFirstIsServed(String sound, String malformed) {
        answering()
                .on("sound")
                .get(sound)
                .expectStatus(204)
                .on("malformed")
                .get(malformed)
                .expectStatus(400)
                .expectApp(called(1));
    }

    private static Value field(String name, String value) {
        return Value.list(latin1(name), latin1(value));
    }

    private static EntryMatcher state(String key) {
        return entry(Kind.STATE).inCall(1).detail("key", Value.of(key));
    }

    private static EntryMatcher secondSees(String key, Value value) {
        return state(key).detail("value", value);
    }
}
