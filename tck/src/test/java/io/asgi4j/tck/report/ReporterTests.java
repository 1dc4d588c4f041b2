package io.asgi4j.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.report.RequirementResult.State;
import io.asgi4j.tck.run.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verdicts on profiles and requirements. */
class ReporterTests {
    @Test
    void aProfileIsConformantIfAllPassed() {
        assertEquals(Conformance.CONFORMANT, verdict(Status.PASS, Status.PASS));
        assertEquals(Conformance.CONFORMANT, verdict(Status.PASS, Status.WARN));
    }

    @Test
    void anythingRedMakesAProfileNotConformant() {
        for (var red : List.of(Status.FAIL, Status.ERROR, Status.FIXED, Status.NOT_RUN)) {
            assertEquals(Conformance.NOT_CONFORMANT, verdict(Status.PASS, Status.KNOWN_FAILURE, red), red::name);
        }
    }

    @Test
    void knownFailuresAreNamed() {
        assertEquals(Conformance.CONFORMANT_WITH_KNOWN_FAILURES, verdict(Status.PASS, Status.KNOWN_FAILURE));
    }

    @Test
    void whatCouldNotBeJudgedMakesAProfilePartial() {
        assertEquals(Conformance.PARTIAL, verdict(Status.PASS, Status.NOT_TESTABLE));
        assertEquals(Conformance.PARTIAL, verdict(Status.PASS, Status.NOT_DECLARED));
    }

    @Test
    void aProfileOfWhichNothingWasRunIsNotJudged() {
        assertEquals(Conformance.NOT_JUDGED, verdict());
        assertEquals(Conformance.NOT_JUDGED, verdict(Status.NOT_RUN));
    }

    @Test
    void theWorstScenarioDecidesOnARequirement() {
        assertEquals(State.BROKEN, state(Status.PASS, Status.FAIL, Status.WARN));
        assertEquals(State.KNOWN_BROKEN, state(Status.PASS, Status.KNOWN_FAILURE));
        assertEquals(State.DOUBTFUL, state(Status.WARN, Status.PASS));
        assertEquals(State.KEPT, state(Status.PASS, Status.NOT_TESTABLE));
        assertEquals(State.NOT_JUDGED, state(Status.NOT_RUN));
    }

    @Test
    void aRequirementWithoutScenarioIsUntestableOrWithout() {
        var requirements = Samples.report("one", Status.PASS).requirements();
        assertEquals(State.WITHOUT_SCENARIO, requirements.get(1).state());
        assertEquals(State.UNTESTABLE, requirements.get(2).state());
        assertEquals("nobody sees it", requirements.get(2).reason());
    }

    @Test
    void aRunThatCheckedNothingIsNotGreen() {
        assertTrue(Samples.report("one", Status.PASS).isGreen());
        assertFalse(Samples.report("one").isGreen());
        assertFalse(Samples.report("one", Status.NOT_TESTABLE).isGreen());
        assertFalse(Samples.report("one", List.of("lost"), Status.PASS).isGreen());
    }

    private static Conformance verdict(Status... statuses) {
        return Samples.report("one", statuses).profiles().getFirst().conformance();
    }

    private static State state(Status... statuses) {
        return Samples.report("one", statuses).requirements().getFirst().state();
    }
}
