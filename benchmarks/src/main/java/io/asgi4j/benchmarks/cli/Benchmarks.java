package io.asgi4j.benchmarks.cli;

import io.asgi4j.benchmarks.load.Load;
import io.asgi4j.benchmarks.load.Loads;
import io.asgi4j.benchmarks.peer.Catalogue;
import io.asgi4j.benchmarks.peer.Installation;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Processes;
import io.asgi4j.benchmarks.peer.Processors;
import io.asgi4j.benchmarks.peer.Server;
import io.asgi4j.benchmarks.report.Console;
import io.asgi4j.benchmarks.round.LoadResult;
import io.asgi4j.benchmarks.round.Plan;
import io.asgi4j.benchmarks.round.Rounds;
import io.asgi4j.benchmarks.round.Series;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures peers under loads. */
@Command(
        name = "asgi4j-benchmarks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the reference server beside its peers.")
final class Benchmarks implements Callable<Integer> {
    private static final int RIGHT = 0;
    private static final int WRONG = 1;

    @Option(names = "--peers", split = ",", description = "Only these peers.")
    private List<String> peers = List.of();

    @Option(names = "--loads", split = ",", description = "Only these loads.")
    private List<String> loads = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Measurements of each peer under each load: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "2", description = "Length of a measurement: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "4",
            description = "Seconds of each load before it is measured: ${DEFAULT-VALUE}.")
    private double warmUp;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var results = new ArrayList<LoadResult>();
        try (var processes = new Processes()) {
            var processors = Processors.ofThisMachine();
            processors.pinThisProcess(processes);
            var host = new Server.Host(Installation.ofThisProgram(), processors, processes);
            var plan = new Plan(chosenPeers(), chosenLoads(processes), rounds, seconds(warmUp), seconds(seconds));
            var console = new Console(System.out);
            try (var round = new Rounds(plan, host, console::say)) {
                round.run(result -> {
                    results.add(result);
                    console.print(result);
                });
            }
        }
        return results.stream().flatMap(result -> result.series().stream()).anyMatch(Series::failed) ? WRONG : RIGHT;
    }

    private List<Peer> chosenPeers() {
        return peers.isEmpty()
                ? Catalogue.all()
                : peers.stream().map(Catalogue::get).toList();
    }

    private List<Load> chosenLoads(Processes processes) throws IOException {
        var all = Loads.all(processes);
        return loads.isEmpty()
                ? all
                : all.stream()
                        .filter(load -> loads.contains(load.description().name()))
                        .toList();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(1000 * seconds));
    }
}
