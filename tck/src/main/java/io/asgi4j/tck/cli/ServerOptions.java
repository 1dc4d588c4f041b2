package io.asgi4j.tck.cli;

import io.asgi4j.tck.launch.InProcessLauncher;
import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.launch.Launcher;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Which server is judged, and how the kit gets it. */
final class ServerOptions {
    @Option(
            names = "--start-limit",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long the server may take to start, and to stop. Default: ${DEFAULT-VALUE}.")
    private int startLimit = 30;

    /** {@return how to get the server: the one whose provider is on the class path} */
    Launcher launcher() throws LaunchException {
        return new InProcessLauncher(InProcessLauncher.findProvider(), Duration.ofSeconds(startLimit));
    }

    /** {@return the words of a command line that choose the same server} */
    List<String> words() {
        return List.of();
    }
}
