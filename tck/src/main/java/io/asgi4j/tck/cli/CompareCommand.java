package io.asgi4j.tck.cli;

import io.asgi4j.tck.report.Comparison;
import io.asgi4j.tck.report.Report;
import io.asgi4j.tck.report.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare}: servers side by side. */
@Command(
        name = "compare",
        description = "Makes a matrix of servers of their reports: comparison.html and comparison.md.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "2..*", paramLabel = "report.json", description = "The reports.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "Where to. Default: the working directory.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws IOException {
        var reports = new ArrayList<Report>();
        for (var file : files) {
            reports.add(ReportJson.read(file));
        }
        var comparison = Comparison.of(reports);
        Files.createDirectories(folder);
        Commands.write(folder.resolve("comparison.html"), comparison.html());
        Commands.write(folder.resolve("comparison.md"), comparison.markdown());
        var out = spec.commandLine().getOut();
        out.println(folder.resolve("comparison.html"));
        out.println(folder.resolve("comparison.md"));
        out.flush();
        return ExitStatus.CONFORMANT.code();
    }
}
