package io.asgi4j.tck.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.scenario.EntryMatcher;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenario.TraceMatcher;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry.Kind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server that refuses everything must not do well: what one scenario wants to be refused, another one wants to be accepted. */
final class TwinScenariosTests {
    private static final List<Scenario> SCENARIOS = Areas.scenarios();

    /** Types of events that nobody knows. */
    private static final Set<String> UNKNOWN = Set.of("http.unknown", "http.response.nobody_offers_this");

    @Test
    void whatMustBeRefusedInOnePlaceMustBeAcceptedInAnother() {
        var refused = types(Kind.SEND_FAILED);
        assertTrue(refused.containsAll(UNKNOWN), refused::toString);

        refused.removeAll(UNKNOWN);
        refused.removeAll(types(Kind.SENT));
        refused.removeAll(shownByARefusedStart());

        assertEquals(Set.of(), refused);
    }

    /** That a server accepted the failure of a start-up shows in that it does not start, where no trace can be had. */
    private static Set<String> shownByARefusedStart() {
        return SCENARIOS.stream()
                .filter(scenario -> scenario.start().refused())
                .flatMap(scenario -> scenario.start().lifespan().calls().stream())
                .flatMap(List::stream)
                .flatMap(step ->
                        step instanceof Step.Send send ? Stream.of(send.event().type()) : Stream.empty())
                .collect(Collectors.toSet());
    }

    private static Set<String> types(Kind kind) {
        return SCENARIOS.stream()
                .flatMap(scenario -> Stream.of(scenario.trace(), scenario.lifespan()))
                .flatMap(List::stream)
                .flatMap(TwinScenariosTests::entries)
                .filter(entry -> entry.kind() == kind)
                .flatMap(entry -> Stream.ofNullable(entry.type()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The entries without which a matcher does not match. */
    private static Stream<EntryMatcher> entries(TraceMatcher matcher) {
        return switch (matcher) {
            case EntryMatcher entry -> Stream.of(entry);
            case TraceMatcher.AtLeast atLeast -> Stream.of(atLeast.entry());
            case TraceMatcher.Exactly exactly -> exactly.times() == 0 ? Stream.empty() : Stream.of(exactly.entry());
            case TraceMatcher.InOrder order -> order.entries().stream();
            case TraceMatcher.About about -> entries(about.matcher());
            case TraceMatcher.Calls calls -> Stream.empty();
            case TraceMatcher.ScopeValue value -> Stream.empty();
            case TraceMatcher.RequestHeader header -> Stream.empty();
            case TraceMatcher.RequestBody body -> Stream.empty();
            case TraceMatcher.Custom custom -> Stream.empty();
        };
    }
}
