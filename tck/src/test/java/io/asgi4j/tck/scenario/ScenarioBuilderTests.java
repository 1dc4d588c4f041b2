package io.asgi4j.tck.scenario;

import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.truncated;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.script.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScenarioBuilderTests {
    @Test
    void stepsStandInTheOrderInWhichTheyWereSaid() {
        var scenario = build(begin().get().signal("go").expectStatus(204).close());

        assertInstanceOf(WireStep.Send.class, scenario.client().get(0));
        assertEquals(new ClientStep.Signal("go", false), scenario.client().get(1));
        assertInstanceOf(WireStep.ReadResponse.class, scenario.client().get(2));
        assertEquals(new WireStep.Close("client"), scenario.client().get(3));
    }

    @Test
    void anApplicationsPartsBecomeTheStepsOfOneCall() {
        var steps = build(begin()).application().steps(0);

        assertEquals(3, steps.size());
        assertInstanceOf(Step.Receive.class, steps.get(0));
        assertInstanceOf(Step.Send.class, steps.get(2));
    }

    @Test
    void linesAreEndedByCrlf() {
        var scenario = build(begin().send("GET / HTTP/1.1", "Host: x", ""));

        var send = (WireStep.Send) scenario.client().getFirst();
        assertEquals(List.of(Matchers.latin1("GET / HTTP/1.1\r\nHost: x\r\n\r\n")), send.parts());
    }

    @Test
    void theMethodOfARequestTellsWhereItsResponseEnds() {
        var scenario = build(begin().send("HEAD {path} HTTP/1.1", "Host: {host}", "")
                .get()
                .expectStatus(200)
                .expectStatus(200));

        assertEquals("HEAD", ((WireStep.ReadResponse) scenario.client().get(2)).method());
        assertEquals("GET", ((WireStep.ReadResponse) scenario.client().get(3)).method());
    }

    @Test
    void aResponseMustBeWellFormedUnlessSomethingElseIsSaid() {
        var scenario = build(begin().get().expectStatus(200).get().expectResponse(status(200), truncated()));

        var usual = (WireStep.ReadResponse) scenario.client().get(1);
        assertTrue(usual.expected().contains(new WellFormedness.WellFormed()));
        var exempt = (WireStep.ReadResponse) scenario.client().get(3);
        assertFalse(exempt.expected().contains(new WellFormedness.WellFormed()));
    }

    @Test
    void stepsAreOnTheConnectionThatWasNamedLast() {
        var scenario = build(begin().get().on("second").get().on("client").expectStatus(204));

        assertEquals(
                List.of("client", "second", "client"),
                scenario.client().stream()
                        .map(step -> ((ClientStep.OnConnection) step).connection())
                        .toList());
    }

    @Test
    void anOptionOfTheServerAsksForAServerOfItsOwn() {
        assertFalse(build(begin().get()).needsOwnServer());
        assertTrue(build(begin().startedWith(StartOption.KEEP_ALIVE_TIMEOUT, Duration.ofMillis(200)))
                .needsOwnServer());
    }

    @Test
    void anOptionIsNeededUnlessItIsPreferred() {
        var start = build(begin().startedWith(StartOption.ROOT_PATH, "/app")
                        .preferring(StartOption.LIFESPAN, "auto")
                        .preferring(StartOption.GRACE_PERIOD, Duration.ofSeconds(20)))
                .start();

        assertEquals(Set.of(StartOption.ROOT_PATH), start.neededOptions());
        assertEquals(
                Map.of(StartOption.ROOT_PATH, "/app", StartOption.LIFESPAN, "auto"),
                start.options(Set.of(StartOption.ROOT_PATH, StartOption.LIFESPAN))
                        .values());
    }

    @Test
    void whoLooksAtTheLifespanNeedsAServerOfItsOwn() {
        assertTrue(build(begin().expectLifespan(received("lifespan.startup"))).needsOwnServer());
        assertTrue(build(begin().stopServer()).needsOwnServer());
    }

    @Test
    void whatIsAboutSomeRequirementsSaysSo() {
        var scenario = build(begin().expectApp(received("http.request"))
                .about("some.slug")
                .expectApp(received("http.disconnect"))
                .about()
                .expectApp(received("http.request")));

        assertEquals(
                List.of(List.of(), List.of("some.slug"), List.of()),
                scenario.trace().stream()
                        .map(matcher -> matcher.check("application", TraceView.EMPTY, Facts.NONE)
                                .about())
                        .toList());
    }

    @Test
    void whatIsExpectedIsAboutRequirementsOfTheScenario() {
        var builder = begin().about("another.slug");

        var thrown = assertThrows(IllegalArgumentException.class, () -> build(builder));

        assertEquals("SomeTck.aName has no requirement another.slug", thrown.getMessage());
    }

    @Test
    void theAreaIsTheNameOfTheClassWithoutWhatAllHaveInCommon() {
        assertEquals("Some", build(begin()).area());
    }

    private static ScenarioBuilder begin() {
        return new ScenarioBuilder(app(receive(), respond(204)));
    }

    private static Scenario build(ScenarioBuilder builder) {
        return builder.build("SomeTck.aName", "A name", List.of("some.slug"), Set.of(Feature.HTTP), false);
    }
}
