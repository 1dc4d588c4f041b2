package io.asgi4j.tck.run;

import io.asgi4j.tck.launch.Launcher;
import io.asgi4j.tck.launch.RunningServer;
import io.asgi4j.tck.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs many scenarios, several at a time. */
public final class Batch {
    private final Launcher launcher;
    private final RunSettings settings;
    private final int parallel;

    /**
     * Makes a batch.
     *
     * @param parallel how many scenarios run at a time
     */
    public Batch(Launcher launcher, RunSettings settings, int parallel) {
        this.launcher = launcher;
        this.settings = settings;
        this.parallel = parallel;
    }

    /**
     * Gets a server, runs the scenarios and stops it.
     *
     * @param catalogue the ids of all scenarios that there are, by which lines about others are found
     */
    public RunResult run(List<Scenario> scenarios, Set<String> catalogue, RunListener listener)
            throws InterruptedException {
        var started = Instant.now();
        var zero = System.nanoTime();
        var problems = new ArrayList<>(settings.known().unknown(catalogue));
        try (var session = Session.open(launcher, settings)) {
            var outcomes = outcomes(session, scenarios, new Progress(scenarios.size(), listener));
            var features = session.features();
            var offered = session.offered();
            problems.addAll(session.stop());
            return new RunResult(
                    launcher.way(),
                    session.server().map(RunningServer::info),
                    session.hello(),
                    features,
                    offered,
                    settings.strict(),
                    started,
                    Duration.ofNanos(System.nanoTime() - zero),
                    outcomes,
                    problems,
                    session.bootstrapFailure(),
                    session.output());
        }
    }

    /** First everything as it comes; then, one by one, what failed. */
    private List<Outcome> outcomes(Session session, List<Scenario> scenarios, Progress progress)
            throws InterruptedException {
        var factory = Thread.ofPlatform().daemon().name("asgi4j-tck ", 1).factory();
        var futures = new HashMap<Scenario, Future<Outcome>>();
        try (var pool = Executors.newFixedThreadPool(parallel, factory)) {
            for (var scenario : aloneLast(scenarios)) {
                futures.put(scenario, pool.submit(() -> progress.afterFirst(session, session.runOnce(scenario))));
            }
        }
        var outcomes = new ArrayList<Outcome>();
        for (var scenario : scenarios) {
            try {
                var first = Objects.requireNonNull(futures.get(scenario)).get();
                outcomes.add(session.isWorthASecondRun(first) ? progress.after(session.runAlone(first)) : first);
            } catch (ExecutionException e) {
                throw new IllegalStateException(scenario.id() + " could not be run", e);
            }
        }
        return outcomes;
    }

    /** Those that must be alone come last, so that nobody waits for them. */
    private static List<Scenario> aloneLast(List<Scenario> scenarios) {
        return scenarios.stream().sorted(Comparator.comparing(Scenario::alone)).toList();
    }

    /** Counts what is over. Its monitor guards it. */
    private static final class Progress {
        private final int total;
        private final RunListener listener;
        private int done;

        Progress(int total, RunListener listener) {
            this.total = total;
            this.listener = listener;
        }

        /** What has failed is not over yet. */
        synchronized Outcome afterFirst(Session session, Outcome outcome) {
            if (!session.isWorthASecondRun(outcome)) {
                return after(outcome);
            }
            listener.failedAtFirst(outcome);
            return outcome;
        }

        synchronized Outcome after(Outcome outcome) {
            done++;
            listener.finished(outcome, done, total);
            return outcome;
        }
    }
}
