package io.asgi4j.tck.run;

import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Middleware;
import io.asgi4j.spec.Scope;
import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerProvider;
import io.asgi4j.tck.ServerUnderTest;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.app.TckApplication;
import io.asgi4j.tck.launch.InProcessLauncher;
import io.asgi4j.tck.launch.Launcher;
import io.asgi4j.tck.netty.NettyProvider;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.script.Script;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Servers that cannot be judged, or not to the end: one sentence says what to do, and what was found out before stays. */
final class LostServerTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ONE_WORKER =
            "the server runs several processes, or has started a new one, and the application of each sees only a part"
                    + " of a scenario: start it with one worker";

    @Test
    void aServerOfSeveralProcessesIsNotJudged() throws Exception {
        var calls = new AtomicInteger();
        var result = run(Mutant.of(alsoRunning(scope -> calls.getAndIncrement() % 2 == 1)));

        assertEquals(ONE_WORKER, result.bootstrapFailure());
        assertEquals(List.of(Status.NOT_RUN, Status.NOT_RUN, Status.NOT_RUN), statuses(result));
        assertTrue(result.isKitFailure());
    }

    @Test
    void aSecondProcessMayShowUpLate() throws Exception {
        var result = run(Mutant.of(alsoRunning(scope -> path(scope).matches("/__tck__/scenarios/second-.*/trace"))));

        assertEquals(List.of(Status.PASS, Status.NOT_RUN, Status.NOT_RUN), statuses(result));
        assertEquals(List.of(ONE_WORKER), result.problems());
        assertTrue(result.isKitFailure());
    }

    @Test
    void aServerThatDiesIsJudgedUpToThen() throws Exception {
        var result = run(new InProcessLauncher(new Mortal(), LIMIT));

        assertEquals(List.of(Status.PASS, Status.NOT_RUN, Status.NOT_RUN), statuses(result));
        var problem = result.problems().getFirst();
        assertTrue(
                problem.startsWith(
                        "the server was lost when ATck.second ran, alone or beside others: nobody accepts connections"
                                + " at "),
                problem);
        assertTrue(problem.endsWith("; see whether it happens again with: run ATck.second"), problem);
        assertTrue(result.isKitFailure());
    }

    @Test
    void anApplicationThatIsTooOldIsNotJudged() throws Exception {
        var result = run(Mutant.of(application -> (scope, receive, send) -> {
            if (path(scope).equals("/__tck__/hello")) {
                send.send(new HttpResponseStart(200));
                send.send(HttpResponseBody.last("{\"protocol\": 0}"));
            } else {
                application.handle(scope, receive, send);
            }
        }));

        assertTrue(
                result.bootstrapFailure()
                        .endsWith(
                                " speaks version 0 of the control protocol, and this kit version 1; let the server run"
                                        + " the application of this kit (\"export\" writes the one in Python)"),
                result::bootstrapFailure);
        assertEquals(List.of(Status.NOT_RUN, Status.NOT_RUN, Status.NOT_RUN), statuses(result));
        assertTrue(result.isKitFailure());
    }

    private static String path(Scope scope) {
        return scope instanceof HttpScope http ? http.path() : "";
    }

    /** A second process answers some of the requests. */
    private static Middleware alsoRunning(Predicate<Scope> isForTheSecond) {
        var second = new TckApplication(Script.LIFESPAN);
        return first -> (scope, receive, send) -> {
            var isHttp = scope instanceof HttpScope;
            (isHttp && isForTheSecond.test(scope) ? second : first).handle(scope, receive, send);
        };
    }

    /** A server that ends when its second scenario calls the application. */
    private static final class Mortal implements ServerProvider {
        @Override
        public ServerUnderTest start(Application application, StartOptions options) throws Exception {
            var server = new CompletableFuture<ServerUnderTest>();
            server.complete(new NettyProvider()
                    .start(
                            (scope, receive, send) -> {
                                if (path(scope).startsWith("/t/second-")) {
                                    new Thread(() -> end(server.join())).start();
                                    new CompletableFuture<Void>().get();
                                }
                                application.handle(scope, receive, send);
                            },
                            options));
            return server.join();
        }

        private static void end(ServerUnderTest server) {
            Thread.currentThread().interrupt();
            try (server) {
                // an interrupt makes it hurry
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<Status> statuses(RunResult result) {
        return result.outcomes().stream().map(Outcome::status).toList();
    }

    private static RunResult run(Launcher launcher) throws InterruptedException {
        return new Batch(launcher, RunSettings.usual(id -> "run " + id), 1)
                .run(List.of(scenario("first"), scenario("second"), scenario("third")), Set.of(), RunListener.NONE);
    }

    private static Scenario scenario(String name) {
        return new ScenarioBuilder(app(receiveUntilBodyEnds(), respond(204)))
                .post("hello")
                .expectStatus(204)
                .expectApp(requestBody("hello"))
                .build("ATck." + name, name, List.of("http.request.body-events"), Set.of(Feature.HTTP), false);
    }
}
