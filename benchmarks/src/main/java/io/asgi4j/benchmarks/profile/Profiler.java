package io.asgi4j.benchmarks.profile;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.load.Load;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Processes;
import io.asgi4j.benchmarks.peer.Server;
import io.asgi4j.benchmarks.peer.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at a server under a load many times a second, by Linux's perf, and tells what it was doing. */
public final class Profiler {
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration LOOK = Duration.ofSeconds(8);
    private static final Duration SLACK = Duration.ofSeconds(30);
    private static final String LOOKS_PER_SECOND = "1999";

    private final Server.Host host;
    private final Processes processes;

    /** A profiler of servers that are started on {@code host}. */
    public Profiler(Server.Host host) {
        this.host = host;
        this.processes = host.processes();
    }

    /** Starts a peer on the JVM and looks at it under a load. */
    public Profile profile(Peer peer, Load.Steady load) throws IOException, InterruptedException {
        var options = new ArrayList<>(Server.JVM_OPTIONS);
        options.add("-XX:+PreserveFramePointer");
        try (var server = host.start(peer, options)) {
            load.check(server);
            load.measure(server, WARM_UP);
            var recording = Files.createTempFile("perf", ".data");
            var methods = Path.of("/tmp/perf-" + server.pid() + ".map");
            try {
                var recorder = record(server, recording);
                var sample = load.measure(server, LOOK);
                recorder.waitFor();
                server.jcmd("Compiler.perfmap");
                return new Profile(peer, sample.get(Figure.CPU), Shares.parse(report(recording)));
            } finally {
                Files.deleteIfExists(recording);
                Files.deleteIfExists(methods);
            }
        }
    }

    private Process record(Server server, Path recording) throws IOException {
        var command = List.of(
                Tool.PERF.program(),
                "record",
                "--event",
                "cpu-clock",
                "--freq",
                LOOKS_PER_SECOND,
                "--pid",
                Long.toString(server.pid()),
                "--output",
                recording.toString(),
                "--",
                "sleep",
                Long.toString(LOOK.toSeconds() - 1));
        return processes.start(command, host.installation().logs().resolve("perf.log"), LOOK.plus(SLACK));
    }

    private String report(Path recording) throws IOException, InterruptedException {
        return processes.run(
                List.of(
                        Tool.PERF.program(),
                        "report",
                        "--input",
                        recording.toString(),
                        "--no-children",
                        "--sort",
                        "dso,symbol",
                        "--field-separator",
                        Shares.SEPARATOR),
                SLACK);
    }
}
