package io.asgi4j.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processor on which servers run, and the one on which everything else runs: this program and the generators that it starts.
 *
 * <p>Neither takes time from the other then, and a server is compared on exactly one processor.
 */
public record Processors(int server, int generator) {
    /** The first two processors on which this process may run. */
    public static Processors ofThisMachine() throws IOException {
        var allowed = allowed(Files.readAllLines(Path.of("/proc/self/status")));
        if (allowed.size() < 2) {
            throw new MissingException("Two processors are needed, one for the server and one for who asks it");
        }
        return new Processors(allowed.get(0), allowed.get(1));
    }

    /** Moves this process, and with it every process that it starts, to the processor of the generators. */
    public void pinThisProcess(Processes processes) throws IOException, InterruptedException {
        var pid = ProcessHandle.current().pid();
        processes.run(
                List.of(Tool.TASKSET.program(), "-a", "-c", "-p", Integer.toString(generator), Long.toString(pid)));
    }

    /** The command, run on the processor of the servers. */
    List<String> onServer(List<String> command) {
        var pinned = new ArrayList<>(List.of(Tool.TASKSET.program(), "-c", Integer.toString(server)));
        pinned.addAll(command);
        return pinned;
    }

    static List<Integer> allowed(List<String> status) {
        var list = status.stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .findFirst()
                .orElseThrow();
        var allowed = new ArrayList<Integer>();
        for (var range : list.substring(list.indexOf(':') + 1).strip().split(",", -1)) {
            var ends = range.split("-", 2);
            for (int cpu = Integer.parseInt(ends[0]); cpu <= Integer.parseInt(ends[ends.length - 1]); cpu++) {
                allowed.add(cpu);
            }
        }
        return allowed;
    }
}
