package io.asgi4j.tck.launch;

import com.github.dockerjava.api.exception.DockerException;
import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.app.TckApplication;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.TraceEntry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** A server in a container that the kit has started. It alone knows Testcontainers, with {@link ContainerEngine}. */
final class ContainerServer implements RunningServer {
    private static final int LINES_IN_MESSAGE = 12;
    private static final int POLL_MILLIS = 50;
    private static final int ANSWER_MILLIS = 1000;
    private static final Set<Long> GOOD_STATUSES = Set.of(0L, 143L);

    /** What the engine leaves behind where SIGTERM did not help: 128 and the number of SIGKILL. */
    private static final long KILLED = 137;

    private static final String LIFESPAN = "lifespan";

    private final Image image;
    private final GenericContainer<?> container;
    private final Duration limit;

    /** Where it listens; null until the container has started. */
    private volatile @Nullable URI base;

    /** What was printed until the container was removed; null before that. The monitor of this object guards it. */
    private @Nullable Output last;

    /** For {@link #awaitAnswer}: Testcontainers itself would look for the port by a shell, which the image may not have. */
    private static final class NoWaiting extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // the kit itself waits
        }
    }

    private ContainerServer(Image image, GenericContainer<?> container, Duration limit) {
        this.image = image;
        this.container = container;
        this.limit = limit;
    }

    static ContainerServer start(Image image, StartOptions options, Script lifespan, Duration limit)
            throws LaunchException, InterruptedException {
        ContainerEngine.require(image.name(), limit);
        var server = new ContainerServer(image, container(image, options, lifespan), limit);
        var isUp = false;
        try {
            server.container.start();
            server.base = server.reachable();
            server.awaitAnswer();
            isUp = true;
            return server;
        } catch (RuntimeException e) { // what Testcontainers and its client throw has nothing else in common
            throw new LaunchException(
                    "the container of %s cannot be started: %s".formatted(image.name(), ContainerEngine.rootMessage(e)),
                    e);
        } finally {
            if (!isUp) {
                server.kill();
            }
        }
    }

    private static GenericContainer<?> container(Image image, StartOptions options, Script lifespan) {
        var container = new GenericContainer<>(DockerImageName.parse(image.name()))
                .withExposedPorts(image.port())
                .withEnv(TckApplication.LIFESPAN_VARIABLE, Json.write(ScriptJson.write(lifespan)))
                .withEnv("PYTHONUNBUFFERED", "1")
                .waitingFor(new NoWaiting());
        options.values()
                .forEach((option, value) ->
                        container.withEnv(Objects.requireNonNull(image.options().get(option)), value));
        return container;
    }

    /**
     * The container's own address where this host is on its network, as it is on Linux: whoever passes bytes on shows other
     * addresses to the server and other ends of connections to both. Else what the engine publishes.
     */
    private URI reachable() {
        var addresses =
                container.getContainerInfo().getNetworkSettings().getNetworks().values();
        for (var network : addresses) {
            var address = network.getIpAddress();
            if (address != null && !address.isEmpty() && isOnNetwork(address)) {
                return URI.create("http://%s:%d".formatted(address, image.port()));
            }
        }
        return URI.create("http://%s:%d".formatted(container.getHost(), container.getMappedPort(image.port())));
    }

    /** A host that is there refuses a connection if nobody listens yet. */
    private boolean isOnNetwork(String address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, image.port()), ANSWER_MILLIS);
            return true;
        } catch (ConnectException e) {
            return String.valueOf(e.getMessage()).startsWith("Connection refused");
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitAnswer() throws LaunchException, InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!answers()) {
            if (!container.isRunning()) {
                throw LaunchException.refused(
                        "the container of %s ended before the server listened on port %d; %s"
                                .formatted(image.name(), image.port(), lastLines()),
                        output());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LaunchException(
                        "nobody answered on port %d of the container of %s within %d s; the server has to listen on 0.0.0.0, and --image-port names another port; %s"
                                .formatted(image.port(), image.name(), limit.toSeconds(), lastLines()));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Whether the server answers anything: that the port is open says nothing, because the engine itself listens there. */
    private boolean answers() {
        try {
            var connection = (HttpURLConnection) baseUri().toURL().openConnection();
            connection.setConnectTimeout(ANSWER_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            try {
                return connection.getResponseCode() > 0;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    private String lastLines() {
        var end = printed().end(LINES_IN_MESSAGE);
        return end.isEmpty() ? "it printed nothing" : "it printed:\n" + end;
    }

    private synchronized Output printed() {
        if (last != null) {
            return last;
        }
        var output = new Output();
        if (container.getContainerId() != null) {
            container.getLogs().lines().forEach(output::add);
        }
        return output;
    }

    @Override
    public URI baseUri() {
        return Objects.requireNonNull(base, "the container has not started");
    }

    @Override
    public ServerInfo info() {
        return image.info();
    }

    @Override
    public Set<Feature> features() {
        return image.features();
    }

    /** Testcontainers itself only kills; the engine sends SIGTERM first. */
    @Override
    public synchronized void stop() throws LaunchException {
        if (last != null) {
            return;
        }
        var docker = container.getDockerClient();
        try {
            docker.stopContainerCmd(container.getContainerId())
                    .withTimeout(Math.toIntExact(limit.toSeconds()))
                    .exec();
            var status = docker.inspectContainerCmd(container.getContainerId())
                    .exec()
                    .getState()
                    .getExitCodeLong();
            if (status != null && status == KILLED) {
                throw new LaunchException(
                        "the container did not end within %d s after SIGTERM".formatted(limit.toSeconds()));
            }
            if (!GOOD_STATUSES.contains(status)) {
                throw LaunchException.refused(
                        "the container ended with status %d after SIGTERM".formatted(status), output());
            }
        } catch (DockerException e) {
            throw new LaunchException("the container could not be stopped: " + e.getMessage(), e);
        } finally {
            kill();
        }
    }

    @Override
    public synchronized void kill() {
        last = printed();
        container.stop();
    }

    @Override
    public List<TraceEntry> trace(String scenario) {
        return printed().trace(scenario);
    }

    @Override
    public List<TraceEntry> lifespan() {
        return printed().trace(LIFESPAN);
    }

    @Override
    public String output() {
        return printed().text();
    }
}
