package io.asgi4j.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts other programs and answers for their end: none outlives its time limit or this process.
 *
 * <p>Any thread may call, but the kernel kills a program when the thread that started it ends.
 */
public final class Processes implements AutoCloseable {
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    public Processes() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Starts a program that has to be ended; all that it says goes to a file. */
    public Process start(List<String> command, Path log, Duration limit) throws IOException {
        Files.createDirectories(log.getParent());
        var process = new ProcessBuilder(mortal(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        guard(process, limit);
        return process;
    }

    /** Runs a program to its end and returns what it printed. */
    public String run(List<String> command) throws IOException, InterruptedException {
        return run(command, SHORT);
    }

    /**
     * Runs a program to its end and returns what it printed.
     *
     * @throws IOException if the program is missing, fails or takes longer than the limit
     */
    public String run(List<String> command, Duration limit) throws IOException, InterruptedException {
        var process = new ProcessBuilder(mortal(command))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        guard(process, limit);
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var status = process.waitFor();
        if (status != 0) {
            throw new IOException("%s ended with status %d:%n%s".formatted(String.join(" ", command), status, output));
        }
        return output;
    }

    /** Ends a program, by force if it takes too long. */
    public void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(SHORT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends by force what still runs. */
    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
    }

    private void guard(Process process, Duration limit) {
        running.add(process);
        process.onExit().thenRun(() -> running.remove(process));
        Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        });
    }

    /** The kernel ends the program if this process is killed and cannot do so itself. */
    private static List<String> mortal(List<String> command) {
        var mortal = new ArrayList<>(List.of(Tool.SETPRIV.program(), "--pdeathsig", "KILL"));
        mortal.addAll(command);
        return mortal;
    }
}
