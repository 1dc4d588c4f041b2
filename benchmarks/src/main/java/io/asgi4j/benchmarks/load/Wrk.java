package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Processes;
import io.asgi4j.benchmarks.peer.Server;
import io.asgi4j.benchmarks.peer.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** wrk, which sends the same bytes again and again on each of its connections. */
final class Wrk {
    private static final Duration SLACK = Duration.ofSeconds(30);
    private static final String PREFIX = "totals ";

    private final Processes processes;

    Wrk(Processes processes) {
        this.processes = processes;
    }

    /** What wrk counted; times in µs. */
    record Totals(Map<String, Long> counts) {
        static Totals parse(String output) throws IOException {
            var line = output.lines()
                    .filter(text -> text.startsWith(PREFIX))
                    .findFirst()
                    .orElseThrow(() -> new IOException("wrk printed no totals:\n" + output));
            var counts = new HashMap<String, Long>();
            for (var word : line.substring(PREFIX.length()).split(" ", -1)) {
                var equals = word.indexOf('=');
                counts.put(word.substring(0, equals), Long.valueOf(word.substring(equals + 1)));
            }
            return new Totals(counts);
        }

        long requests() {
            return count("requests");
        }

        long bytes() {
            return count("bytes");
        }

        double seconds() {
            return count("duration") / 1e6;
        }

        double millis(String percentile) {
            return count(percentile) / 1e3;
        }

        long errors() {
            return count("connect") + count("read") + count("write") + count("status") + count("timeout");
        }

        private long count(String name) {
            return Objects.requireNonNull(counts.get(name), name);
        }
    }

    /** Sends the request {@code pipelined} times at once on each connection, waits for the answers, and begins anew. */
    Totals run(Server server, byte[] request, int connections, int pipelined, Duration duration)
            throws IOException, InterruptedException {
        var script = Files.createTempFile("wrk", ".lua");
        var requests = Files.createTempFile("wrk", ".http");
        try {
            Files.write(script, script());
            write(requests, request, pipelined);
            var command = List.of(
                    Tool.WRK.program(),
                    "--threads",
                    "1",
                    "--connections",
                    Integer.toString(connections),
                    "--duration",
                    seconds(duration) + "s",
                    "--timeout",
                    "10s",
                    "--script",
                    script.toString(),
                    server.url("/"),
                    "--",
                    requests.toString());
            return Totals.parse(processes.run(command, duration.plus(SLACK)));
        } finally {
            Files.delete(script);
            Files.delete(requests);
        }
    }

    /** Both generators take whole seconds only. */
    static String seconds(Duration duration) {
        return Long.toString(Math.max(1, Math.round(duration.toMillis() / 1e3)));
    }

    private static void write(Path file, byte[] request, int times) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < times; i++) {
                out.write(request);
            }
        }
    }

    private static byte[] script() throws IOException {
        try (InputStream in = Wrk.class.getResourceAsStream("wrk.lua")) {
            if (in == null) {
                throw new IOException("wrk.lua is missing in the jar");
            }
            return in.readAllBytes();
        }
    }
}
