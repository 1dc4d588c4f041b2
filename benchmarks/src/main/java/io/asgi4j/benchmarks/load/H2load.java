package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Processes;
import io.asgi4j.benchmarks.peer.Server;
import io.asgi4j.benchmarks.peer.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** h2load, the load generator of nghttp2, which speaks HTTP/1.1 too. */
final class H2load {
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final Processes processes;

    H2load(Processes processes) {
        this.processes = processes;
    }

    /**
     * What h2load counted.
     *
     * @param failed requests without an answer, or with another status than 2xx
     * @param data bytes of bodies
     */
    record Totals(double seconds, long succeeded, long failed, long data) {
        private static final Pattern SECONDS = Pattern.compile("finished in ([0-9.]+)s");
        private static final Pattern SUCCEEDED = Pattern.compile("(\\d+) succeeded");
        private static final Pattern FAILED = Pattern.compile("(\\d+) failed");
        private static final Pattern DONE_WELL = Pattern.compile("(\\d+) 2xx");
        private static final Pattern DATA = Pattern.compile("\\((\\d+)\\) data");

        static Totals parse(String output) throws IOException {
            var succeeded = number(SUCCEEDED, output);
            var otherStatus = succeeded - number(DONE_WELL, output);
            return new Totals(
                    Double.parseDouble(find(SECONDS, output)),
                    succeeded,
                    number(FAILED, output) + otherStatus,
                    number(DATA, output));
        }

        private static long number(Pattern pattern, String output) throws IOException {
            return Long.parseLong(find(pattern, output));
        }

        private static String find(Pattern pattern, String output) throws IOException {
            var found = pattern.matcher(output);
            if (!found.find()) {
                throw new IOException("h2load did not print %s:%n%s".formatted(pattern, output));
            }
            return found.group(1);
        }
    }

    /** Sends GET requests by HTTP/1.1, one at a time on each connection. */
    Totals run(Server server, String path, int connections, Duration duration)
            throws IOException, InterruptedException {
        var command = List.of(
                Tool.H2LOAD.program(),
                "--h1",
                "--threads",
                "1",
                "--clients",
                Integer.toString(connections),
                "--duration",
                Wrk.seconds(duration),
                server.url(path));
        return Totals.parse(processes.run(command, duration.plus(SLACK)));
    }
}
