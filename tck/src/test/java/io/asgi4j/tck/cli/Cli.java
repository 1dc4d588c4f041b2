package io.asgi4j.tck.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A run of the command line in a process of its own, as users have it.
 *
 * @param status what the process ended with
 * @param out what it printed on standard output and standard error
 */
record Cli(int status, String out) {
    private static final int LIMIT_SECONDS = 60;

    /** Runs it to its end. */
    static Cli run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--class-path",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            process.getOutputStream().close();
            var out = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the command line does not end: " + out);
            }
            return new Cli(process.exitValue(), out);
        } finally {
            process.destroyForcibly();
        }
    }
}
