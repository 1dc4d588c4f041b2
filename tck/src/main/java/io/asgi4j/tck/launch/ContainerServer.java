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
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A server in a container that the kit has started. The only class that knows Testcontainers. */
final class ContainerServer implements RunningServer {
    private static final int LINES_IN_MESSAGE = 12;
    private static final Set<Long> GOOD_STATUSES = Set.of(0L, 143L);
    private static final String LIFESPAN = "lifespan";

    private final Image image;
    private final GenericContainer<?> container;
    private final Output output;
    private final Duration limit;
    private boolean stopped;

    private ContainerServer(Image image, GenericContainer<?> container, Output output, Duration limit) {
        this.image = image;
        this.container = container;
        this.output = output;
        this.limit = limit;
    }

    static ContainerServer start(Image image, StartOptions options, Script lifespan, Duration limit)
            throws LaunchException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new LaunchException(
                    "no container engine answers; start Docker, or judge the server by --command or --url instead");
        }
        var output = new Output();
        var container = new GenericContainer<>(DockerImageName.parse(image.name()))
                .withExposedPorts(image.port())
                .withEnv(TckApplication.LIFESPAN_VARIABLE, Json.write(ScriptJson.write(lifespan)))
                .withEnv("PYTHONUNBUFFERED", "1")
                .withLogConsumer(frame -> print(frame, output))
                .waitingFor(Wait.forListeningPort())
                .withStartupTimeout(limit);
        options.values()
                .forEach((option, value) ->
                        container.withEnv(Objects.requireNonNull(image.options().get(option)), value));
        try {
            container.start();
            return new ContainerServer(image, container, output, limit);
        } catch (ContainerLaunchException e) {
            var printed = output.end(LINES_IN_MESSAGE);
            container.stop();
            throw LaunchException.refused(
                    "the container of %s does not listen on port %d; %s"
                            .formatted(
                                    image.name(),
                                    image.port(),
                                    printed.isEmpty() ? "it printed nothing" : "it printed:\n" + printed),
                    output.text(),
                    e);
        }
    }

    private static void print(OutputFrame frame, Output output) {
        frame.getUtf8String().lines().forEach(output::add);
    }

    @Override
    public URI baseUri() {
        return URI.create("http://%s:%d".formatted(container.getHost(), container.getMappedPort(image.port())));
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
        if (stopped) {
            return;
        }
        stopped = true;
        var docker = container.getDockerClient();
        try {
            docker.stopContainerCmd(container.getContainerId())
                    .withTimeout(Math.toIntExact(limit.toSeconds()))
                    .exec();
            var status = docker.inspectContainerCmd(container.getContainerId())
                    .exec()
                    .getState()
                    .getExitCodeLong();
            if (!GOOD_STATUSES.contains(status)) {
                throw new LaunchException("the container ended with status %d after SIGTERM".formatted(status));
            }
        } catch (DockerException e) {
            throw new LaunchException("the container could not be stopped: " + e.getMessage(), e);
        } finally {
            container.stop();
        }
    }

    @Override
    public void kill() {
        container.stop();
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
