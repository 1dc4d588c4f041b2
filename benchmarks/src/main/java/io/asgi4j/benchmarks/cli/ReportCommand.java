package io.asgi4j.benchmarks.cli;

import io.asgi4j.benchmarks.report.Report;
import io.asgi4j.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the report anew. */
@Command(name = "report", description = "Writes RESULTS.md and its charts anew from the raw figures beside it.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIRECTORY", description = "Where RESULTS.md is.")
    private Path directory = Path.of("");

    @Override
    public Integer call() throws IOException {
        Report.write(Results.read(Report.raw(directory)), directory);
        return CommandLine.ExitCode.OK;
    }
}
