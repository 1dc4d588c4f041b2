package io.asgi4j.tck.run;

import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.shutdownFailed;
import static io.asgi4j.tck.scenario.Scripts.startupComplete;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.script.Script;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where the specification leaves a server the choice, a scenario takes either way, and no third one. */
final class EitherWayTests {
    private static final Script FAILS_AT_THE_END =
            app(receive(), startupComplete(), receive(), shutdownFailed("the database is gone"));

    @Test
    void aServerMayStopWell() throws Exception {
        assertPasses(served().stopServer().expectStoppedEitherWay());
    }

    @Test
    void aServerMayStopAndReportAFailure() throws Exception {
        assertPasses(served().lifespan(FAILS_AT_THE_END).stopServer().expectStoppedEitherWay());
    }

    @Test
    void aServerThatMustStopWellReportsNoFailure() throws Exception {
        assertFails(
                "server: expected that it stops without a failure, but the server did not stop:"
                        + " java.lang.IllegalStateException: the application's lifespan failed",
                served().lifespan(FAILS_AT_THE_END).stopServer().expectStopped());
    }

    @Test
    void aServerThatMustReportAFailureDoesNotStopWell() throws Exception {
        assertFails(
                "server: expected that it stops and reports a failure, but it stopped without a failure",
                served().stopServer().expectStoppedWithFailure());
    }

    @Test
    void aServerMayAnswerAnotherRequest() throws Exception {
        assertPasses(served().get().expectResponseOrClose(status(204)));
    }

    @Test
    void aServerMayEndTheConnectionInstead() throws Exception {
        assertPasses(new ScenarioBuilder(app(respond(204)))
                .send("GET {path} HTTP/1.1", "Host: {host}", "Connection: close", "")
                .expectStatus(204)
                .get()
                .expectResponseOrClose(status(204)));
    }

    @Test
    void aServerMayNotGiveAnotherAnswer() throws Exception {
        assertFails(
                "response 2: expected status 200, but it is HTTP/1.1 204 No Content",
                served().get().expectResponseOrClose(status(200)));
    }

    private static ScenarioBuilder served() {
        return new ScenarioBuilder(app(respond(204))).get().expectStatus(204);
    }

    private static void assertPasses(ScenarioBuilder builder) throws InterruptedException {
        var outcome = run(builder);

        assertEquals(Status.PASS, outcome.status(), outcome.message());
    }

    private static void assertFails(String failure, ScenarioBuilder builder) throws InterruptedException {
        var outcome = run(builder);

        assertEquals(Status.FAIL, outcome.status());
        assertEquals(failure, outcome.failure());
    }

    private static Outcome run(ScenarioBuilder builder) throws InterruptedException {
        var scenario = builder.build("ATck.a", "A", List.of("http.request.body-events"), Set.of(Feature.HTTP), false);
        return new Batch(Mutant.none(), RunSettings.usual(id -> id), 1)
                .run(List.of(scenario), Set.of(), RunListener.NONE)
                .outcomes()
                .getFirst();
    }
}
