package io.asgi4j.tck.cli;

import io.asgi4j.tck.report.JUnitXml;
import io.asgi4j.tck.report.Report;
import io.asgi4j.tck.report.ReportJson;
import io.asgi4j.tck.report.ReportPage;
import io.asgi4j.tck.report.Reporter;
import io.asgi4j.tck.requirement.Untestable;
import io.asgi4j.tck.run.Batch;
import io.asgi4j.tck.run.KnownFailures;
import io.asgi4j.tck.run.RunResult;
import io.asgi4j.tck.run.RunSettings;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.wire.Limits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: judges a server. */
@Command(name = "run", description = "Judges a server and writes a report.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME",
            description = "Run only these scenarios, areas, profiles, or scenarios of these requirements.")
    private List<String> names = new ArrayList<>();

    @ArgGroup(exclusive = false, heading = "%nThe server:%n")
    private ServerOptions server = new ServerOptions();

    @Option(names = "--strict", description = "A broken SHOULD is a failure.")
    private boolean strict;

    @Option(
            names = "--known-failures",
            paramLabel = "FILE",
            description = "Scenarios that fail for a reason: lines \"scenario-id | part of the failure | reason\".")
    private @Nullable Path known;

    @Option(
            names = "--time-factor",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Wait that many times as long as usual. For slow machines. Default: ${DEFAULT-VALUE}.")
    private double timeFactor;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "Scenarios at the same time. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            defaultValue = "asgi4j-tck-report",
            description = "Where report.json, report.html and junit.xml go. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("asgi4j-tck-report");

    @Override
    public Integer call() throws UsageException, IOException, InterruptedException {
        Files.createDirectories(folder);
        var catalogue = new Catalogue();
        try {
            return judge(catalogue);
        } catch (UsageException e) {
            // also that is a result, and an older report must not pass for it
            write(report(
                    catalogue,
                    RunResult.notBegun("none", strict, catalogue.scenarios(), String.valueOf(e.getMessage()))));
            throw e;
        }
    }

    private int judge(Catalogue catalogue) throws UsageException, IOException, InterruptedException {
        if (parallel < 1) {
            throw new UsageException("--parallel is at least 1, not " + parallel);
        }
        var scenarios = catalogue.select(names);
        var settings = new RunSettings(limits(), strict, knownFailures(), catalogue.requirements(), this::rerun);
        var progress = new Progress(spec.commandLine().getOut());
        var ids = catalogue.scenarios().stream().map(Scenario::id).collect(Collectors.toSet());
        var run = new Batch(server.launcher(), settings, parallel).run(scenarios, ids, progress);
        var report = report(catalogue, run);
        write(report);
        progress.finished(report, folder.resolve("report.html").toAbsolutePath().normalize());
        return status(run).code();
    }

    private Report report(Catalogue catalogue, RunResult run) {
        return new Reporter(catalogue.requirements(), Untestable.load(), this::rerun)
                .report(run, Commands.version(), typed());
    }

    private KnownFailures knownFailures() throws UsageException {
        try {
            return known == null ? KnownFailures.NONE : KnownFailures.read(known);
        } catch (IOException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private Limits limits() throws UsageException {
        try {
            return Limits.DEFAULT.scaled(timeFactor);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--time-factor: " + e.getMessage(), e);
        }
    }

    private void write(Report report) throws IOException {
        Commands.write(folder.resolve("report.json"), ReportJson.write(report));
        Commands.write(folder.resolve("report.html"), ReportPage.write(report));
        Commands.write(folder.resolve("junit.xml"), JUnitXml.write(report));
    }

    private static ExitStatus status(RunResult run) {
        if (run.isSuccess()) {
            return ExitStatus.CONFORMANT;
        }
        return run.isKitFailure() ? ExitStatus.NOT_JUDGED : ExitStatus.NOT_CONFORMANT;
    }

    /** What the kit was started by: its executable jar, or a class path that has more on it. */
    private static List<String> program() {
        var classPath = System.getProperty("java.class.path");
        return classPath.contains(File.pathSeparator)
                ? List.of("java", "-cp", classPath, Main.class.getName())
                : List.of("java", "-jar", classPath);
    }

    private List<String> typed() {
        return commandLine(spec.commandLine().getParseResult().originalArgs());
    }

    private String rerun(String id) {
        var words = new ArrayList<>(commandLine(server.words()));
        words.add(id);
        return Report.shell(words);
    }

    private static List<String> commandLine(List<String> arguments) {
        var words = new ArrayList<>(program());
        if (arguments.isEmpty() || !arguments.getFirst().equals("run")) {
            words.add("run");
        }
        words.addAll(arguments);
        return words;
    }
}
