package io.asgi4j.tck.run;

import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.wire.Transcript;
import io.asgi4j.tck.wire.Transcript.Direction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The wire and the application are shown on one clock, so no effect may stand before its cause. */
final class TimelineTests {
    @Test
    void whatHappensToTheApplicationStandsBetweenTheRequestAndTheResponse() throws Exception {
        var scenario = new ScenarioBuilder(app(receiveUntilBodyEnds(), respond(204)))
                .post("hello")
                .expectStatus(204)
                .expectApp(requestBody("hello"))
                .build("ATck.a", "A body arrives", List.of("http.request.body-events"), Set.of(Feature.HTTP), false);

        var outcome = new Batch(Mutant.none(), RunSettings.usual(id -> id), 1)
                .run(List.of(scenario), Set.of(), RunListener.NONE)
                .outcomes()
                .getFirst();

        assertEquals(Status.PASS, outcome.status(), outcome.message());
        var evidence = outcome.evidence();
        var entries = evidence.trace().entries();
        var answer = entries.stream()
                .filter(entry -> entry.kind() == Kind.SENT)
                .findFirst()
                .orElseThrow();
        var asked = millis(evidence, Direction.SENT);
        var called = evidence.millis(entries.getFirst());
        var answered = evidence.millis(answer);
        var read = millis(evidence, Direction.RECEIVED);
        var precision = evidence.clockPrecision();
        assertTrue(asked <= called + precision, () -> asked + " > " + called + " ± " + precision);
        assertTrue(answered <= read + precision, () -> answered + " > " + read + " ± " + precision);
    }

    private static double millis(Evidence evidence, Direction direction) {
        return evidence.wire().stream()
                        .filter(entry -> entry instanceof Transcript.Data data && data.direction() == direction)
                        .findFirst()
                        .orElseThrow()
                        .nanos()
                / 1e6;
    }
}
