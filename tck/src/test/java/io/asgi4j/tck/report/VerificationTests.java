package io.asgi4j.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.requirement.Requirements;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenario.Start;
import io.asgi4j.tck.script.Script;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which reports may be shown. */
class VerificationTests {
    @Test
    void aCompleteGreenReportMayBeShown() {
        assertProblems(List.of(), Samples.report("one", Status.PASS), scenario(Samples.SLUG, Feature.HTTP));
    }

    @Test
    void aReportWithoutAPassSaysNothing() {
        assertProblems(List.of("the report holds no scenario that passed, so it says nothing"), Samples.report("one"));
    }

    @Test
    void whatIsRedIsNamed() {
        assertProblems(List.of("HttpRequestBodyTck.sampleFAIL: fail"), Samples.report("one", Status.PASS, Status.FAIL));
    }

    @Test
    void aMustThatIsNotJudgedIsAGap() {
        assertProblems(
                List.of("http.request.streamed is not judged, although the server declares what it is about"),
                Samples.report("one", Status.PASS),
                scenario("http.request.streamed", Feature.HTTP));
    }

    @Test
    void aMustOfAnUndeclaredFeatureIsNoGap() {
        assertProblems(
                List.of(), Samples.report("one", Status.PASS), scenario("websocket.messages.whole", Feature.WEBSOCKET));
    }

    private static void assertProblems(List<String> problems, Report report, Scenario... scenarios) {
        assertEquals(problems, new Verification(Requirements.load(), List.of(scenarios)).problems(report));
    }

    private static Scenario scenario(String slug, Feature needs) {
        return new Scenario(
                "SomeTck.some",
                "Some",
                List.of(slug),
                Set.of(needs),
                false,
                Start.USUAL,
                Script.LIFESPAN,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "");
    }
}
