package io.asgi4j.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.Profile;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.report.RequirementResult.State;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.scenario.Scripts;
import io.asgi4j.tck.scenarios.Areas;
import java.util.List;
import java.util.Set;
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
    void aScenarioCountsForTheLastProfileOfWhatItNeeds() {
        assertEquals(Profile.CORE_HTTP, profile(begin(), Feature.HTTP));
        assertEquals(Profile.WEBSOCKET, profile(begin(), Feature.HTTP, Feature.WEBSOCKET));
        assertEquals(Profile.LIFESPAN, profile(begin(), Feature.WEBSOCKET, Feature.LIFESPAN));
    }

    @Test
    void whatTheRfcsSayHasAProfileOfItsOwn() {
        assertEquals(Profile.WIRE, profileOf("wire.head.hosts", Feature.HTTP));
        assertEquals(Profile.WIRE, profileOf("wire.frame.unmasked", Feature.WEBSOCKET));
    }

    @Test
    void whatBecomesOfExchangesAtAShutdownHasAProfileOfItsOwn() {
        assertEquals(Profile.DRAIN, profileOf("shutdown.connections-close", Feature.LIFESPAN));
        assertEquals(Profile.DRAIN, profileOf("signals.draining", Feature.WEBSOCKET));
        assertEquals(Profile.HTTP2, profileOf("shutdown.goaway", Feature.HTTP2));
        assertEquals(Profile.LIFESPAN, profileOf("lifespan.shutdown.awaited", Feature.LIFESPAN));
    }

    @Test
    void whatNeedsAnOptionDoesNotCountForWhatEveryServerHasToDo() {
        assertEquals(Profile.ROOT_PATH, profile(begin().startedWith(StartOption.ROOT_PATH, "/app"), Feature.HTTP));
        assertEquals(Profile.SWITCHES, profile(begin().startedWith(StartOption.LIFESPAN, "off"), Feature.LIFESPAN));
        assertEquals(
                Profile.LIMITS,
                profile(begin().startedWith(StartOption.WEBSOCKET_MAX_MESSAGE_SIZE, 1), Feature.WEBSOCKET));
    }

    @Test
    void whatAnOptionOnlyMakesSurerOfCountsForWhatEveryServerHasToDo() {
        assertEquals(Profile.LIFESPAN, profile(begin().preferring(StartOption.LIFESPAN, "auto"), Feature.LIFESPAN));
    }

    @Test
    void aServerWithoutOptionsCanBeConformant() {
        var features = Set.of(Feature.HTTP, Feature.WEBSOCKET, Feature.LIFESPAN, Feature.STATE);
        for (var profile :
                List.of(Profile.CORE_HTTP, Profile.WEBSOCKET, Profile.LIFESPAN, Profile.WIRE, Profile.DRAIN)) {
            for (var scenario : Areas.scenarios()) {
                if (Reporter.profile(scenario) == profile) {
                    assertTrue(features.containsAll(scenario.needs()), scenario::id);
                    assertTrue(
                            Set.of(StartOption.PORT)
                                    .containsAll(scenario.start().neededOptions()),
                            scenario::id);
                }
            }
        }
    }

    @Test
    void aProfileOfWhichNothingWasRunIsNotJudged() {
        assertEquals(Conformance.NOT_JUDGED, verdict());
        assertEquals(Conformance.NOT_JUDGED, verdict(Status.NOT_RUN));
    }

    @Test
    void aProfileThatIsNotDeclaredDoesNotSpoilTheWhole() {
        assertEquals(Conformance.CONFORMANT, whole(Status.PASS, Status.NOT_DECLARED));
        assertEquals(Conformance.PARTIAL, whole(Status.PASS, Status.NOT_TESTABLE));
        assertEquals(Conformance.NOT_CONFORMANT, whole(Status.PASS, Status.FAIL));
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

    private static ScenarioBuilder begin() {
        return new ScenarioBuilder(Scripts.app());
    }

    private static Profile profile(ScenarioBuilder builder, Feature... needs) {
        return Reporter.profile(builder.build("SomeTck.some", "Some", List.of(), Set.of(needs), false));
    }

    private static Profile profileOf(String requirement, Feature... needs) {
        return Reporter.profile(begin().build("SomeTck.some", "Some", List.of(requirement), Set.of(needs), false));
    }

    /** The verdict on a server with a scenario of core-http and one of limits. */
    private static Conformance whole(Status http, Status limits) {
        var scenarios = List.of(Samples.scenario("core-http", http), Samples.scenario("limits", limits));
        return Samples.report("one", List.of(), scenarios).verdict();
    }

    private static Conformance verdict(Status... statuses) {
        return Samples.report("one", statuses).profiles().getFirst().conformance();
    }

    private static State state(Status... statuses) {
        return Samples.report("one", statuses).requirements().getFirst().state();
    }
}
