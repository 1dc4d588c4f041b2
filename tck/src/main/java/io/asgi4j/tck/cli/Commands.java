package io.asgi4j.tck.cli;

import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.report.ReportFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** All commands. */
@Command(
        name = "asgi4j-tck",
        description = "Judges an ASGI server, in Java or any other language.",
        versionProvider = Commands.Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {
            RunCommand.class,
            ListCommand.class,
            ExplainCommand.class,
            ServeCommand.class,
            ExportCommand.class,
            CompareCommand.class,
            VerifyCommand.class
        })
final class Commands {
    private Commands() {}

    /** {@return the commands, ready for arguments} */
    static CommandLine line() {
        var line = new CommandLine(new Commands());
        line.setUsageHelpAutoWidth(true)
                .setExitCodeExceptionMapper(Commands::status)
                .setExecutionExceptionHandler(Commands::report)
                .setExecutionStrategy(new CommandLine.RunLast());
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(Arrays.stream(ExitStatus.values())
                        .collect(Collectors.toMap(
                                status -> Integer.toString(status.code()),
                                ExitStatus::meaning,
                                (one, other) -> one,
                                LinkedHashMap::new)));
        return line;
    }

    private static int report(Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
        var err = line.getErr();
        switch (problem) {
            case UsageException e -> err.println(e.getMessage());
            case LaunchException e -> err.println(e.getMessage());
            case ReportFormatException e -> err.println(e.getMessage());
            case IOException e -> err.println("a file cannot be read or written: " + e);
            default -> {
                err.println("the kit itself failed:");
                problem.printStackTrace(err);
            }
        }
        err.flush();
        return status(problem);
    }

    private static int status(Throwable problem) {
        return problem instanceof UsageException
                        || problem instanceof IOException
                        || problem instanceof CommandLine.ParameterException
                ? ExitStatus.USAGE.code()
                : ExitStatus.NOT_JUDGED.code();
    }

    /** Writes a file of UTF-8. Servers are sent text that has no UTF-8, and a report of it must not fail because of that. */
    static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the version of the kit, which is known in a jar} */
    static String version() {
        var version = Commands.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"asgi4j-tck " + version()};
        }
    }
}
