package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.peer.Processes;
import io.asgi4j.benchmarks.peer.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** On what was measured. */
public record Machine(
        String processor, int processors, long memoryGib, String system, String kernel, String jvm, String wrk) {

    /** This machine. */
    public static Machine present(Processes processes) throws IOException, InterruptedException {
        var cpus = Files.readAllLines(Path.of("/proc/cpuinfo"));
        return new Machine(
                value(cpus, "model name", ":"),
                (int) cpus.stream().filter(line -> line.startsWith("processor")).count(),
                Math.round(Long.parseLong(value(Files.readAllLines(Path.of("/proc/meminfo")), "MemTotal", ":")
                                .replace(" kB", ""))
                        / (double) (1 << 20)),
                value(Files.readAllLines(Path.of("/etc/os-release")), "PRETTY_NAME", "=")
                        .replace("\"", ""),
                System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                processes.run(List.of("dpkg-query", "--show", "--showformat=${Version}", Tool.WRK.program())));
    }

    private static String value(List<String> lines, String name, String separator) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(separator) + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
