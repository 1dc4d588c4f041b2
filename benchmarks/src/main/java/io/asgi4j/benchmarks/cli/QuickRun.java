package io.asgi4j.benchmarks.cli;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.load.Load;
import io.asgi4j.benchmarks.load.Loads;
import io.asgi4j.benchmarks.peer.Catalogue;
import io.asgi4j.benchmarks.peer.Server;
import io.asgi4j.benchmarks.report.Console;
import io.asgi4j.benchmarks.report.Floors;
import io.asgi4j.benchmarks.round.LoadResult;
import io.asgi4j.benchmarks.round.Plan;
import io.asgi4j.benchmarks.round.Rounds;
import io.asgi4j.benchmarks.round.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures what has floors, shortly, and tells which of them fell. */
final class QuickRun {
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASUREMENT = Duration.ofSeconds(1);

    private static final double TOLERABLE = 0.05;

    private final Server.Host host;
    private final Console console;

    QuickRun(Server.Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    /** Returns whether all floors hold. */
    boolean run(List<Load> all) throws IOException, InterruptedException {
        var floors = floors();
        var results = new ArrayList<LoadResult>();
        try (var rounds = new Rounds(plan(floors, all), host, console::say)) {
            rounds.run(result -> {
                results.add(result);
                console.print(result);
            });
        }
        var verdicts = floors.judge(results);
        verdicts.forEach(verdict -> console.say(verdict.toString()));
        warnOfOthers(results);
        return verdicts.stream().allMatch(Floors.Verdict::holds);
    }

    /** Floors fall on a machine that does other work meanwhile. */
    private void warnOfOthers(List<LoadResult> results) {
        var others = Spread.of(results.stream()
                        .flatMap(result -> result.series().stream())
                        .map(series -> series.spread(Figure.OTHERS_BUSY).median())
                        .toList())
                .max();
        if (others > TOLERABLE) {
            console.say(
                    "Other programs used up to %.0f %% of the server's processor: measure again when they have ended."
                            .formatted(100 * others));
        }
    }

    private Floors floors() throws IOException {
        try (var file = Files.newBufferedReader(host.installation().module().resolve("floors.properties"))) {
            return Floors.read(file);
        }
    }

    private static Plan plan(Floors floors, List<Load> all) {
        var peers = Catalogue.all().stream()
                .filter(peer ->
                        peer.name().equals(Catalogue.LIMIT) || floors.peers().contains(peer.name()))
                .toList();
        floors.loads().forEach(name -> Loads.get(all, name));
        var loads = all.stream()
                .filter(load -> floors.loads().contains(load.description().name()))
                .toList();
        return new Plan(peers, loads, ROUNDS, WARM_UP, MEASUREMENT);
    }
}
