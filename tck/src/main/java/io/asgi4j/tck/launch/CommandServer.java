package io.asgi4j.tck.launch;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.script.TraceEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A server in a process that the kit has started. It does not outlive the kit. */
final class CommandServer implements RunningServer {
    /** What a process may end with that was told to by SIGTERM: 0, or 128 and the signal's number. */
    private static final Set<Integer> GOOD_STATUSES = Set.of(0, 143);

    private static final String LIFESPAN = "lifespan";

    private final Process process;
    private final int port;
    private final Command command;
    private final Duration limit;
    private final Output output = new Output();
    private final Thread reader;
    private final Thread lastResort;

    CommandServer(Process process, int port, Command command, Duration limit) {
        this.process = process;
        this.port = port;
        this.command = command;
        this.limit = limit;
        this.reader = Thread.ofVirtual().name("asgi4j-tck output").start(this::read);
        this.lastResort = Thread.ofPlatform().unstarted(this::destroy);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    private void read() {
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            output.add("(the output broke off: " + e.getMessage() + ")");
        }
    }

    Process process() {
        return process;
    }

    String lastLines(int count) {
        return output.end(count);
    }

    @Override
    public URI baseUri() {
        return URI.create(
                "http://%s:%d".formatted(InetAddress.getLoopbackAddress().getHostAddress(), port));
    }

    @Override
    public ServerInfo info() {
        return command.info();
    }

    @Override
    public Set<Feature> features() {
        return command.features();
    }

    @Override
    public Optional<String> end() {
        return process.isAlive()
                ? Optional.empty()
                : Optional.of("its process has ended with status " + process.exitValue());
    }

    @Override
    public void stop() throws LaunchException, InterruptedException {
        // not Process.destroy, which also closes the pipe with what the server says in the end
        process.toHandle().destroy();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            throw new LaunchException("the server did not end within %d s after SIGTERM".formatted(limit.toSeconds()));
        }
        ended();
        if (!GOOD_STATUSES.contains(process.exitValue())) {
            throw LaunchException.refused(
                    "the server ended with status %d after SIGTERM".formatted(process.exitValue()), output());
        }
    }

    @Override
    public void kill() {
        destroy();
        try {
            process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            ended();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void destroy() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }

    /** What it printed last may still be on its way; a process that it left behind may keep the pipe open for ever. */
    private void ended() throws InterruptedException {
        reader.join(limit);
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            // the JVM is shutting down, and the hook does no harm
        }
    }

    @Override
    public List<TraceEntry> trace(String scenario) {
        return output.trace(scenario);
    }

    @Override
    public List<TraceEntry> lifespan() {
        return output.trace(LIFESPAN);
    }

    @Override
    public String output() {
        return output.text();
    }
}
