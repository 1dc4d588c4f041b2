package io.asgi4j.tck.run;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.control.Hello;
import io.asgi4j.tck.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a run went, with everything that a report needs.
 *
 * @param way how the server was got, such as {@code in process}
 * @param server what it is called; empty if there was none
 * @param hello what its application said of itself and of the server; empty if there was none
 * @param features what the server was judged for
 * @param offered the extensions that its scopes offer, declared or not
 * @param strict whether a broken SHOULD was a failure
 * @param started when the run began
 * @param duration how long it took
 * @param outcomes how each scenario went, in the order in which they were given
 * @param problems sentences about what is wrong beside the scenarios, such as a server that does not stop or a line about a scenario
 *     that does not exist
 * @param bootstrapFailure why there was no server to judge, in a sentence; empty if there was one
 * @param output what the server printed; empty if that cannot be seen
 */
public record RunResult(
        String way,
        Optional<ServerInfo> server,
        Optional<Hello> hello,
        Set<Feature> features,
        Set<Feature> offered,
        boolean strict,
        Instant started,
        Duration duration,
        List<Outcome> outcomes,
        List<String> problems,
        String bootstrapFailure,
        String output) {
    /** Copies the collections. */
    public RunResult {
        features = Set.copyOf(features);
        offered = Set.copyOf(offered);
        outcomes = List.copyOf(outcomes);
        problems = List.copyOf(problems);
    }

    /**
     * A run that could not begin.
     *
     * @param reason why, in a sentence
     */
    public static RunResult notBegun(String way, boolean strict, List<Scenario> scenarios, String reason) {
        var outcomes = scenarios.stream()
                .map(scenario -> Outcome.without(scenario, Status.NOT_RUN, Optional.empty(), reason))
                .toList();
        return new RunResult(
                way,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                strict,
                Instant.now(),
                Duration.ZERO,
                outcomes,
                List.of(),
                reason,
                "");
    }

    /** How many scenarios went so. */
    public int count(Status status) {
        return (int)
                outcomes.stream().filter(outcome -> outcome.status() == status).count();
    }

    /** Whether the server broke no requirement, something was looked at, and nothing else went wrong. */
    public boolean isSuccess() {
        return bootstrapFailure.isEmpty()
                && problems.isEmpty()
                && count(Status.PASS) > 0
                && outcomes.stream().noneMatch(outcome -> outcome.status().isRed());
    }

    /** Whether the kit, rather than the server, is what failed, or there was no server at all. */
    public boolean isKitFailure() {
        return !bootstrapFailure.isEmpty() || count(Status.ERROR) > 0 || count(Status.NOT_RUN) > 0;
    }
}
