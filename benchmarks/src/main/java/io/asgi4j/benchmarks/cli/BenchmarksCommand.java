package io.asgi4j.benchmarks.cli;

import io.asgi4j.benchmarks.load.Load;
import io.asgi4j.benchmarks.load.Loads;
import io.asgi4j.benchmarks.peer.Catalogue;
import io.asgi4j.benchmarks.peer.Installation;
import io.asgi4j.benchmarks.peer.Processes;
import io.asgi4j.benchmarks.peer.Processors;
import io.asgi4j.benchmarks.peer.Server;
import io.asgi4j.benchmarks.peer.Tool;
import io.asgi4j.benchmarks.report.Console;
import io.asgi4j.benchmarks.report.Report;
import io.asgi4j.benchmarks.report.Results;
import io.asgi4j.benchmarks.round.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures. */
@Command(
        name = "asgi4j-benchmarks",
        sortOptions = false,
        description = {
            "Measures the reference server beside its peers, and writes RESULTS.md with charts and the raw figures.",
            "Takes about an hour; a choice of peers or loads takes less and writes nothing, unless --results says"
                    + " where."
        })
final class BenchmarksCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Say this.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

    @Option(names = "--quick", description = "Measure what has floors, and say in a few minutes which of them fell.")
    private boolean quick;

    @Option(names = "--peers", split = ",", paramLabel = "PEER", description = "Only these.")
    private List<String> peers = List.of();

    @Option(names = "--loads", split = ",", paramLabel = "LOAD", description = "Only these.")
    private List<String> loads = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Measurements of each peer under a load: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "2", description = "Length of a measurement: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "4",
            description = "How long a load lasts before it is measured: ${DEFAULT-VALUE}.")
    private double warmUp;

    @Option(names = "--micro", description = "Also measure pieces by themselves, by JMH; a run of everything does.")
    private boolean micro;

    @Option(names = "--profile", description = "Also look where the time goes, by perf; a run of everything does.")
    private boolean profile;

    @Option(names = "--results", paramLabel = "DIRECTORY", description = "Where RESULTS.md is written.")
    private @Nullable Path results;

    @Option(names = "--add", description = "Keep of the results that are there what is not measured now.")
    private boolean add;

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        try (var processes = new Processes()) {
            // better known now than when it is needed
            Tool.WRK.require();
            Tool.H2LOAD.require();
            var processors = Processors.ofThisMachine();
            processors.pinThisProcess(processes);
            var host = new Server.Host(Installation.ofThisProgram(), processors, processes);
            var console = new Console(System.out);
            var all = Loads.all(processes);
            var right = quick ? new QuickRun(host, console).run(all) : measure(host, plan(all), console);
            return right ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private boolean measure(Server.Host host, Plan plan, Console console)
            throws IOException, InterruptedException, RunnerException {
        var everything = peers.isEmpty() && loads.isEmpty();
        var directory = results == null && everything ? host.installation().module() : results;
        if (profile || everything) {
            Tool.PERF.require();
        }
        var measurements = new Measurements(host, plan, new Ledger(begin(host, plan, directory), directory), console);
        measurements.measureLoads();
        if (micro || everything) {
            measurements.measurePieces();
        }
        if (profile || everything) {
            measurements.profile();
        }
        return measurements.areRight();
    }

    private Results begin(Server.Host host, Plan plan, @Nullable Path directory)
            throws IOException, InterruptedException {
        var none = Results.none(plan, host);
        return add && directory != null && Files.exists(Report.raw(directory))
                ? none.on(Results.read(Report.raw(directory)))
                : none;
    }

    private Plan plan(List<Load> all) {
        return new Plan(
                peers.isEmpty()
                        ? Catalogue.all()
                        : peers.stream().map(Catalogue::get).toList(),
                loads.isEmpty()
                        ? all
                        : loads.stream().map(name -> Loads.get(all, name)).toList(),
                rounds,
                seconds(warmUp),
                seconds(seconds));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(1000 * seconds));
    }
}
