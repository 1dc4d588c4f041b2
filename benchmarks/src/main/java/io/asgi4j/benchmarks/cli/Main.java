package io.asgi4j.benchmarks.cli;

import io.asgi4j.benchmarks.peer.MissingException;
import picocli.CommandLine;

/** The main class of the executable jar. */
public final class Main {
    private static final int CANNOT_MEASURE = 2;

    private Main() {}

    /** Does what the command line says and ends the process with a status that tells how it went. */
    public static void main(String... arguments) {
        // the client's event loop runs on the main thread, which has no cache of buffers otherwise
        System.setProperty("io.netty.allocator.useCacheForAllThreads", "true");
        System.exit(new CommandLine(new BenchmarksCommand())
                .addSubcommand(new ReportCommand())
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments));
    }

    private static int explain(Exception cause, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        return switch (cause) {
            case MissingException missing -> {
                command.getErr().println(missing.getMessage());
                yield CANNOT_MEASURE;
            }
            default -> throw cause;
        };
    }
}
