package io.asgi4j.server.netty.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A JVM of its own that runs the command line. */
final class LaunchedProgram implements AutoCloseable {
    private static final int SIGINT_MASK = 1 << (2 - 1);
    private static final String PYTHON = "/usr/bin/python3";

    /** Does what systemd does: opens a socket, and becomes the program that finds it behind standard error. */
    private static final String ACTIVATION = """
        import os, socket, sys
        listening = socket.create_server(("127.0.0.1", 0))
        listening.setblocking(False)
        os.dup2(listening.fileno(), 3)
        os.set_inheritable(3, True)
        os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
        os.execv(sys.argv[1], sys.argv[1:])
        """;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final Lines out;
    private final Lines err;

    private LaunchedProgram(Process process) {
        this.process = process;
        this.out = new Lines(process.getInputStream());
        this.err = new Lines(process.getErrorStream());
    }

    /** Runs what the executable jar would: the server's classes are there, those of the tests are not. */
    static LaunchedProgram jar(String... arguments) throws IOException {
        return jar(Map.of(), arguments);
    }

    static LaunchedProgram jar(Map<String, String> environment, String... arguments) throws IOException {
        return start(List.of(), Main.class, LaunchedProgram::isOfTheJar, environment, arguments);
    }

    /** The same, started as systemd does for a socket; {@code fd} is how the server is told of it. */
    static LaunchedProgram activated(String application, String fd) throws IOException {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "the socket is opened by a program in Python");
        return start(
                List.of(PYTHON, "-c", ACTIVATION),
                Main.class,
                LaunchedProgram::isOfTheJar,
                Map.of(),
                "run",
                name(application),
                "--class-path",
                testClasses(),
                "--fd",
                fd);
    }

    private static boolean isOfTheJar(String entry) {
        return !entry.endsWith("test-classes") && !entry.contains("junit");
    }

    /** Runs an application's own main without Logback. */
    static LaunchedProgram program(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), main, entry -> !entry.contains("logback"), Map.of(), arguments);
    }

    /** Runs an application of {@link TestApplications} on any free port. */
    static LaunchedProgram run(String application, String... options) throws IOException {
        var arguments =
                new ArrayList<>(List.of("run", name(application), "--class-path", testClasses(), "--port", "0"));
        arguments.addAll(List.of(options));
        return jar(arguments.toArray(String[]::new));
    }

    static String name(String application) {
        return TestApplications.class.getName() + application;
    }

    static String testClasses() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith("test-classes"))
                .findFirst()
                .orElseThrow();
    }

    private static LaunchedProgram start(
            List<String> launcher,
            Class<?> main,
            Predicate<String> wanted,
            Map<String, String> environment,
            String... arguments)
            throws IOException {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(wanted)
                .toList();
        var command = new ArrayList<>(ignoresInterrupts() ? List.of("env", "--default-signal=INT") : List.of());
        command.addAll(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, classPath),
                main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new LaunchedProgram(builder.start());
    }

    /**
     * Whether this process, and hence its children, ignores SIGINT: so does whatever a script runs in the background.
     */
    private static boolean ignoresInterrupts() throws IOException {
        var status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> line.replaceFirst("SigIgn:\\s*", ""))
                        .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT_MASK) != 0);
    }

    Lines out() {
        return out;
    }

    Lines err() {
        return err;
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the server accepts connections; returns its port. */
    int port() throws InterruptedException {
        var running = err.await("asgi4j running on http://\\S+:(\\d+) \\(Press CTRL\\+C to quit\\)");
        return Integer.parseInt(running.replaceAll(".*:(\\d+) .*", "$1"));
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Waits for the end of the process; returns its status. */
    int status() throws InterruptedException {
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            fail("the process goes on; it wrote:\n" + String.join("\n", err.all()));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What a process writes to one of its streams. */
    static final class Lines {
        private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        private final List<String> taken = new ArrayList<>();
        private final Thread reader;

        private Lines(InputStream stream) {
            reader = Thread.ofVirtual().start(() -> read(stream));
        }

        private void read(InputStream stream) {
            try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                lines.lines().forEach(arrived::add);
            } catch (IOException | UncheckedIOException e) {
                arrived.add("(the stream broke off: " + e + ")");
            }
        }

        /** Waits for a line in which the pattern is found. */
        String await(String pattern) throws InterruptedException {
            var wanted = Pattern.compile(pattern);
            while (true) {
                var line = arrived.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                if (line == null) {
                    return fail("no line with '" + pattern + "', only:\n" + String.join("\n", taken));
                }
                taken.add(line);
                if (wanted.matcher(line).find()) {
                    return line;
                }
            }
        }

        /** Waits for the end of the stream; returns everything. */
        List<String> all() throws InterruptedException {
            assertTrue(reader.join(LIMIT));
            arrived.drainTo(taken);
            return List.copyOf(taken);
        }
    }
}
