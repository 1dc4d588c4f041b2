package io.asgi4j.tck.launch;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * What must be there before a container can be started. The engine itself is asked, and answers at once; Testcontainers tries for
 * minutes again what cannot work. Any thread may call any method.
 */
final class ContainerEngine {
    private ContainerEngine() {}

    /**
     * Sees to it that there is an engine, that it has the image, and that Testcontainers is ready.
     *
     * @param limit how long Testcontainers may take
     */
    static void require(String image, Duration limit) throws LaunchException, InterruptedException {
        try (var engine = reach()) {
            requireImage(engine, ImageNameSubstitutor.instance().apply(DockerImageName.parse(image)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        requireHelper(limit);
    }

    private static DockerClient reach() throws LaunchException {
        try {
            var transport = DockerClientFactory.instance().getTransportConfig();
            return DockerClientProviderStrategy.getClientForConfig(transport);
        } catch (RuntimeException e) { // what Testcontainers and its client throw has nothing else in common
            throw new LaunchException(
                    "no container engine answers; start Docker, or name its socket in DOCKER_HOST,"
                            + " or judge the server by --command or --url instead",
                    e);
        }
    }

    private static void requireImage(DockerClient engine, DockerImageName image)
            throws LaunchException, InterruptedException {
        if (has(engine, image)) {
            return;
        }
        try {
            engine.pullImageCmd(image.getUnversionedPart())
                    .withTag(image.getVersionPart())
                    .start()
                    .awaitCompletion();
        } catch (RuntimeException e) { // as above
            throw new LaunchException(
                    "there is no image %s here, and it cannot be pulled; build it, or look at its name (%s)"
                            .formatted(image, rootMessage(e)),
                    e);
        }
    }

    private static boolean has(DockerClient engine, DockerImageName image) {
        try {
            engine.inspectImageCmd(image.asCanonicalNameString()).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Testcontainers starts a container of its own, unless it was told not to. */
    private static void requireHelper(Duration limit) throws LaunchException, InterruptedException {
        var helper = new CompletableFuture<Boolean>();
        Thread.ofPlatform()
                .daemon()
                .name("asgi4j-tck containers")
                .start(() -> helper.completeAsync(DockerClientFactory.instance()::isDockerAvailable, Runnable::run));
        try {
            if (!helper.get(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LaunchException(withoutHelper("it does not say why"));
            }
        } catch (ExecutionException e) {
            throw new LaunchException(withoutHelper(rootMessage(e)), e);
        } catch (TimeoutException e) {
            throw new LaunchException(withoutHelper("it has not within %d s".formatted(limit.toSeconds())), e);
        }
    }

    private static String withoutHelper(String reason) {
        return "Testcontainers cannot start its own helper; where no image can be pulled, set TESTCONTAINERS_RYUK_DISABLED=true (%s)"
                .formatted(reason);
    }

    /** What was wrong in the first place. */
    static String rootMessage(Throwable failure) {
        return failure.getCause() == null ? String.valueOf(failure.getMessage()) : rootMessage(failure.getCause());
    }
}
