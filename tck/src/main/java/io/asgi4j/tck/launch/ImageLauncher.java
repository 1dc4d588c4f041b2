package io.asgi4j.tck.launch;

import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.script.Script;
import java.time.Duration;
import java.util.Set;

/** Starts servers from a container image, by Testcontainers, which has to be on the class path. */
public final class ImageLauncher implements Launcher {
    private final Image image;
    private final Duration limit;

    /**
     * Makes a launcher.
     *
     * @param limit how long a container may take to start, and to stop
     * @throws LaunchException if Testcontainers is missing
     */
    public ImageLauncher(Image image, Duration limit) throws LaunchException {
        this.image = image;
        this.limit = limit;
        var containers = "org.testcontainers.containers.GenericContainer";
        if (ImageLauncher.class.getResource("/" + containers.replace('.', '/') + ".class") == null) {
            throw new LaunchException("put org.testcontainers:testcontainers on the class path to judge an image");
        }
    }

    @Override
    public String way() {
        return "image " + image.name();
    }

    @Override
    public Set<StartOption> startOptions() {
        return image.options().keySet();
    }

    @Override
    public boolean startsServers() {
        return true;
    }

    @Override
    public boolean seesOutput() {
        return true;
    }

    @Override
    public RunningServer launch(StartOptions options, Script lifespan) throws LaunchException, InterruptedException {
        return ContainerServer.start(image, options, lifespan, limit);
    }
}
