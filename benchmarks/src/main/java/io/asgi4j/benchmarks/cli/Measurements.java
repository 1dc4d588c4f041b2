package io.asgi4j.benchmarks.cli;

import io.asgi4j.benchmarks.load.Load;
import io.asgi4j.benchmarks.micro.MicroBenchmarks;
import io.asgi4j.benchmarks.peer.Catalogue;
import io.asgi4j.benchmarks.peer.Server;
import io.asgi4j.benchmarks.profile.Profiler;
import io.asgi4j.benchmarks.report.Console;
import io.asgi4j.benchmarks.report.Results.TimeByPart;
import io.asgi4j.benchmarks.round.Plan;
import io.asgi4j.benchmarks.round.Rounds;
import io.asgi4j.benchmarks.round.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/** The parts of a full run. */
final class Measurements {
    private static final Set<String> PROFILED = Set.of("hello-64", "ws-32");

    private final Server.Host host;
    private final Plan plan;
    private final Ledger ledger;
    private final Console console;
    private boolean right = true;

    Measurements(Server.Host host, Plan plan, Ledger ledger, Console console) {
        this.host = host;
        this.plan = plan;
        this.ledger = ledger;
        this.console = console;
    }

    /** Whether all answers were what they should be. */
    boolean areRight() {
        return right;
    }

    void measureLoads() throws IOException, InterruptedException {
        try (var rounds = new Rounds(plan, host, console::say)) {
            rounds.run(result -> {
                console.print(result);
                ledger.update(results -> results.with(result));
                right &= result.series().stream().noneMatch(Series::failed);
            });
        }
    }

    /** Looks where the time goes, in bare Netty and in our server. */
    void profile() throws IOException, InterruptedException {
        var profiler = new Profiler(host);
        var found = new ArrayList<TimeByPart>();
        for (var load : plan.loads()) {
            if (load instanceof Load.Steady steady
                    && PROFILED.contains(load.description().name())) {
                for (var peer : plan.peers()) {
                    if (Catalogue.isOurs(peer) && load.suits(peer)) {
                        console.say(
                                "%s, profile of %s".formatted(load.description().name(), peer));
                        found.add(TimeByPart.of(load, profiler.profile(peer, steady)));
                    }
                }
            }
        }
        ledger.update(results -> results.withProfiles(found));
    }

    void measurePieces() throws IOException, RunnerException {
        console.say("pieces by themselves");
        var figures = MicroBenchmarks.run();
        ledger.update(results -> results.withMicro(figures));
    }
}
