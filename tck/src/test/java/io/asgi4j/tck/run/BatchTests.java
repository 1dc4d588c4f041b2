package io.asgi4j.tck.run;

import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.launch.Launcher;
import io.asgi4j.tck.requirement.Requirements;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.wire.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Scenarios are run against asgi4j's own server, and against one that is wrong in one thing. */
final class BatchTests {
    private static final String ID = "SomeTck.aBodyArrives";

    @Test
    void aGoodServerPasses() throws Exception {
        var result = run(Mutant.none(), "", bodyArrives());

        assertEquals(1, result.count(Status.PASS));
        assertTrue(result.isSuccess());
    }

    @Test
    void aRunInWhichNothingWasLookedAtIsNoSuccess() throws Exception {
        assertFalse(run(Mutant.none(), "").isSuccess());
    }

    @Test
    void allChecksThatFailAreTold() throws Exception {
        var scenario = scenario(
                new ScenarioBuilder(app(receiveUntilBodyEnds(), respond(204)))
                        .post("hello")
                        .expectStatus(204)
                        .expectApp(requestBody("bye"), no("http.request")),
                Feature.HTTP);

        var outcome = run(Mutant.wrongStatus(), "", scenario).outcomes().getFirst();

        assertEquals(Status.FAIL, outcome.status());
        assertEquals(3, outcome.failures().size(), outcome::failure);
    }

    @Test
    void aFailureSaysWhatIsRequiredWhatHappenedAndHowToSeeItAgain() throws Exception {
        var message = run(Mutant.wrongStatus(), "", bodyArrives())
                .outcomes()
                .getFirst()
                .message();

        for (var part : List.of(
                "FAIL SomeTck.aBodyArrives: A body arrives",
                "http.request.body-events",
                "  expected  status 204",
                "  actual    it is HTTP/1.1 205",
                "client > POST /t/aBodyArrives-",
                "app | received http.request, body b\"hello\", more_body false",
                "-X PUT",
                "--data-binary hello",
                "Run it again\n    run SomeTck.aBodyArrives")) {
            assertTrue(message.contains(part), () -> "\"" + part + "\" is not in:\n" + message);
        }
    }

    @Test
    void aFailureNamesTheRequirementsThatItIsAbout() throws Exception {
        var scenario = new ScenarioBuilder(app(receiveUntilBodyEnds(), respond(204)))
                .post("hello")
                .about("http.response.status")
                .expectStatus(204)
                .about("http.request.body-events")
                .expectApp(requestBody("hello"))
                .build(
                        ID,
                        "A body arrives",
                        List.of("http.request.body-events", "http.response.status"),
                        Set.of(Feature.HTTP),
                        false);

        var outcome = run(Mutant.wrongStatus(), "", scenario).outcomes().getFirst();

        assertEquals(List.of("http.response.status"), outcome.broken());
        assertTrue(outcome.message().contains("response 1 (http.response.status)"), outcome::message);
        assertFalse(outcome.message().contains("http.request.body-events"), outcome::message);
    }

    @Test
    void aKnownFailureIsNoFailure() throws Exception {
        var result = run(Mutant.wrongStatus(), ID + " | expected status 204 | it is a mutant", bodyArrives());

        assertEquals(Status.KNOWN_FAILURE, result.outcomes().getFirst().status());
        assertEquals("it is a mutant", result.outcomes().getFirst().reason());
    }

    @Test
    void aKnownFailureThatFailsInAnotherWayIsAFailure() throws Exception {
        var result = run(Mutant.wrongStatus(), ID + " | the body | it is a mutant", bodyArrives());

        assertEquals(Status.FAIL, result.outcomes().getFirst().status());
        assertEquals(
                "it fails in another way than \"the body\" at known.txt:1",
                result.outcomes().getFirst().reason());
    }

    @Test
    void aKnownFailureThatPassesIsToBeTakenOffTheList() throws Exception {
        var result = run(Mutant.none(), ID + " | status | it was a mutant", bodyArrives());

        assertEquals(Status.FIXED, result.outcomes().getFirst().status());
        assertFalse(result.isSuccess());
    }

    @Test
    void aLineAboutNoScenarioIsNoSuccess() throws Exception {
        var result = run(Mutant.none(), "SomeTck.other | status | it was a mutant", bodyArrives());

        assertEquals(1, result.problems().size());
        assertFalse(result.isSuccess());
    }

    @Test
    void whatPassesTheSecondTimeIsNeverSilentlyGreen() throws Exception {
        var outcome = run(Mutant.wrongOnce(), "", bodyArrives()).outcomes().getFirst();

        assertEquals(Status.WARN, outcome.status());
        assertTrue(outcome.passedAlone());
        assertTrue(outcome.message().contains("passed alone"));
    }

    @Test
    void aFeatureThatIsNotDeclaredIsNotJudged() throws Exception {
        var scenario = scenario(new ScenarioBuilder(app(respond(204))).get().expectStatus(204), Feature.UNIX_SOCKET);

        var outcome = run(Mutant.wrongStatus(), "", scenario).outcomes().getFirst();

        assertEquals(Status.NOT_DECLARED, outcome.status());
        assertEquals("the server does not declare [unix-socket]", outcome.reason());
    }

    @Test
    void anOptionThatNobodyCanSetIsNotDeclared() throws Exception {
        var scenario = scenario(
                new ScenarioBuilder(app(respond(204)))
                        .startedWith(StartOption.ROOT_PATH, "/app")
                        .get()
                        .expectStatus(204),
                Feature.HTTP);

        var outcome = run(Mutant.none(), "", scenario).outcomes().getFirst();

        assertEquals(Status.NOT_DECLARED, outcome.status());
        assertEquals("nothing tells how the server's [root-path] is set", outcome.reason());
    }

    @Test
    void anOptionThatIsPreferredMayBeUnknown() throws Exception {
        var scenario = scenario(
                new ScenarioBuilder(app(respond(204)))
                        .preferring(StartOption.ROOT_PATH, "/app")
                        .get()
                        .expectStatus(204),
                Feature.HTTP);

        var result = run(Mutant.none(), "", scenario);

        assertEquals(Status.PASS, result.outcomes().getFirst().status());
    }

    @Test
    void aFailureIsHeardOfBeforeTheRunIsOver() throws Exception {
        var heard = new ArrayList<String>();
        new Batch(Mutant.wrongStatus(), settings(""), 2).run(List.of(bodyArrives()), Set.of(), new RunListener() {
            @Override
            public void failedAtFirst(Outcome outcome) {
                heard.add("at first " + outcome.failures().getFirst().expected());
            }

            @Override
            public void finished(Outcome outcome, int done, int total) {
                heard.add("finally " + outcome.status());
            }
        });

        assertEquals(List.of("at first status 204", "finally FAIL"), heard);
    }

    @Test
    void everyOutcomeIsHeardOnce() throws Exception {
        var heard = new ArrayList<String>();
        new Batch(Mutant.wrongStatus(), settings(""), 2)
                .run(
                        List.of(bodyArrives(), named("SomeTck.another")),
                        Set.of(),
                        (outcome, done, total) -> heard.add("%d of %d".formatted(done, total)));

        assertEquals(List.of("1 of 2", "2 of 2"), heard);
    }

    private static Scenario bodyArrives() {
        return named(ID);
    }

    private static Scenario named(String id) {
        return new ScenarioBuilder(app(receiveUntilBodyEnds(), respond(204)))
                .post("hello")
                .expectStatus(204)
                .expectApp(requestBody("hello"))
                .build(id, "A body arrives", List.of("http.request.body-events"), Set.of(Feature.HTTP), false);
    }

    private static Scenario scenario(ScenarioBuilder builder, Feature feature) {
        return builder.build(ID, "A body arrives", List.of("http.request.body-events"), Set.of(feature), false);
    }

    private static RunResult run(Launcher launcher, String known, Scenario... scenarios)
            throws IOException, InterruptedException {
        return new Batch(launcher, settings(known), 2).run(List.of(scenarios), Set.of(ID), RunListener.NONE);
    }

    private static RunSettings settings(String known) throws IOException {
        return new RunSettings(
                Limits.DEFAULT,
                false,
                KnownFailures.parse("known.txt", known.lines().toList()),
                Requirements.load(),
                id -> "run " + id);
    }
}
