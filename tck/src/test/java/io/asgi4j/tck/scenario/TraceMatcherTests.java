package io.asgi4j.tck.scenario;

import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.notCalled;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.refused;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.requestHeader;
import static io.asgi4j.tck.scenario.Matchers.scope;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.unfinishedRequestBody;
import static io.asgi4j.tck.scenario.Samples.FACTS;
import static io.asgi4j.tck.scenario.Samples.ended;
import static io.asgi4j.tck.scenario.Samples.entry;
import static io.asgi4j.tck.scenario.Samples.failed;
import static io.asgi4j.tck.scenario.Samples.request;
import static io.asgi4j.tck.scenario.Samples.trace;
import static io.asgi4j.tck.scenario.Samples.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TraceMatcherTests {
    private static final TraceView TWO_EVENTS = trace(
            entry(Kind.SCOPE, type("http")),
            entry(Kind.RECEIVED, request("hel", true)),
            entry(Kind.RECEIVED, request("lo", false)),
            ended(Kind.RETURNED));

    @Test
    void aBodyIsTheBytesOfAllItsEvents() {
        assertTrue(requestBody("hello").matches(TWO_EVENTS, FACTS));
        assertFalse(requestBody("hell").matches(TWO_EVENTS, FACTS));
    }

    @Test
    void aBodyWhoseLastEventSaysThatMoreComesIsNotFinished() {
        var cut = trace(entry(Kind.RECEIVED, request("hel", true)));

        assertTrue(unfinishedRequestBody("hel").matches(cut, FACTS));
        assertFalse(requestBody("hel").matches(cut, FACTS));
    }

    @Test
    void aMissingBodyAndAMissingMoreBodyHaveTheirDefaults() {
        var bare = trace(entry(Kind.RECEIVED, type("http.request")));

        assertTrue(requestBody("").matches(bare, FACTS));
        assertTrue(received("http.request").with("more_body", false).matches(bare, FACTS));
    }

    @Test
    void anEntryIsFoundByItsValues() {
        assertTrue(received("http.request").with("body", Value.utf8("lo")).matches(TWO_EVENTS, FACTS));
        assertFalse(received("http.request").with("body", Value.utf8("other")).matches(TWO_EVENTS, FACTS));
    }

    @Test
    void aKeyThatTheApplicationLeftOutHasItsDefault() {
        var end = trace(entry(Kind.SENT, type("http.response.body").with("body", Value.utf8("x"))));

        assertTrue(sent("http.response.body").with("more_body", false).matches(end, FACTS));
        assertFalse(sent("http.response.body").with("more_body", true).matches(end, FACTS));
    }

    @Test
    void theNearestEntryIsShownWhereNoneIsRight() {
        var actual = received("http.request").with("body", Value.utf8("other")).actual(TWO_EVENTS, FACTS);

        assertEquals("there is: received http.request, body b\"lo\", more_body false", actual);
    }

    @Test
    void entriesInOrderMayHaveOthersBetweenThem() {
        var order = inOrder(received("http.request").with("more_body", true), Matchers.returned());

        assertTrue(order.matches(TWO_EVENTS, FACTS));
    }

    @Test
    void entriesInAnotherOrderAreNamed() {
        var order = inOrder(Matchers.returned(), received("http.request"));

        assertFalse(order.matches(TWO_EVENTS, FACTS));
        assertTrue(order.actual(TWO_EVENTS, FACTS).startsWith("\"received http.request\" is missing there"));
    }

    @Test
    void absenceIsWorthLookingAtOnlyWhenAllCallsHaveEnded() {
        assertTrue(no("http.disconnect").isAboutAbsence());
        assertTrue(exactly(2, received("http.request")).isAboutAbsence());
        assertFalse(received("http.request").isAboutAbsence());
    }

    @Test
    void anApplicationThatWasNotCalledHasAnEmptyTrace() {
        assertTrue(notCalled().matches(TraceView.EMPTY, FACTS));
        assertFalse(notCalled().matches(TWO_EVENTS, FACTS));
        assertTrue(called(1).matches(TWO_EVENTS, FACTS));
    }

    @Test
    void aSendThatFailsSinceTheClientIsGoneIsNoRefusal() {
        var gone = trace(failed(type("http.response.body"), true));

        assertTrue(sendFailed("http.response.body").clientGone().matches(gone, FACTS));
        assertFalse(refused("http.response.body").matches(gone, FACTS));
    }

    @Test
    void anExceptionOfTheServersOwnMayExtendTheOneThatIsRequired() {
        var gone = thrown("ClientDisconnectedException");
        var illegal = thrown("IllegalEventException", "IllegalStateException");

        assertTrue(sendFailed("http.response.body").clientDisconnected().matches(gone, FACTS));
        assertFalse(sendFailed("http.response.body").illegalEvent().matches(gone, FACTS));
        assertTrue(sendFailed("http.response.body").illegalEvent().matches(illegal, FACTS));
        assertFalse(sendFailed("http.response.body").clientDisconnected().matches(illegal, FACTS));
    }

    private static TraceView thrown(String... classes) {
        var entry = failed(type("http.response.body"), false);
        var is = Stream.of(classes).<Value>map(Value::of).toList();
        return trace(new TraceEntry(
                1,
                0,
                0,
                "main",
                entry.kind(),
                entry.event(),
                entry.error(),
                Dict.empty().with("is", Value.list(is))));
    }

    @Test
    void factsStandInExpectedValues() {
        var scope =
                type("http").with("path", "/t/x/a b").with("client", Value.list(Value.of("127.0.0.1"), Value.of(4711)));
        var trace = trace(entry(Kind.SCOPE, scope));

        assertTrue(scope("path", "{path}/a b").matches(trace, FACTS));
        assertTrue(scope("client", Value.list(Value.of("{client_host}"), Value.of("{client_port}")))
                .matches(trace, FACTS));
    }

    @Test
    void headerFieldsAreComparedByNameAndInTheirOrder() {
        var scope = type("http").with("headers", Scripts.headers("x-a", "1", "x-b", "2", "x-a", "3"));
        var trace = trace(entry(Kind.SCOPE, scope));

        assertTrue(requestHeader("x-a", "1", "3").matches(trace, FACTS));
        assertFalse(requestHeader("x-a", "3", "1").matches(trace, FACTS));
        assertTrue(requestHeader("x-c").matches(trace, FACTS));
    }

    @Test
    void sumsStandForTheEventsThatTheyAreOf() {
        var bytes = new Value.Fill("ab", 100_000);
        var sums = new io.asgi4j.tck.script.TraceEntry(
                1,
                0,
                0,
                "main",
                Kind.RECEIVED,
                request("b", false),
                null,
                Dict.empty().with("count", 7).with("bytes", 100_000).with("sha256", bytes.sha256()));

        assertTrue(requestBody(bytes).matches(trace(sums), FACTS));
        assertFalse(requestBody(new Value.Fill("ba", 100_000)).matches(trace(sums), FACTS));
    }
}
