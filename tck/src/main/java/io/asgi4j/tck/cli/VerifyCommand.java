package io.asgi4j.tck.cli;

import io.asgi4j.tck.report.ReportFormatException;
import io.asgi4j.tck.report.ReportJson;
import io.asgi4j.tck.report.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: whether a report may be shown to others. */
@Command(
        name = "verify",
        description =
                "Fails if a report is missing, empty or red, or does not judge a MUST of what the server declares.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "report.json", description = "The report.")
    private Path file = Path.of("report.json");

    @Override
    public Integer call() throws IOException {
        var problems = problems();
        var out = spec.commandLine().getOut();
        problems.forEach(out::println);
        out.println(problems.isEmpty() ? "the report is complete and green" : "the report must not be shown");
        out.flush();
        return (problems.isEmpty() ? ExitStatus.CONFORMANT : ExitStatus.NOT_CONFORMANT).code();
    }

    private List<String> problems() throws IOException {
        try {
            var report = ReportJson.read(file);
            var catalogue = new Catalogue();
            return new Verification(catalogue.requirements(), catalogue.scenarios()).problems(report);
        } catch (ReportFormatException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}
