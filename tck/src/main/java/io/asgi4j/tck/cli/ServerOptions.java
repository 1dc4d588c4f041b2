package io.asgi4j.tck.cli;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.launch.Command;
import io.asgi4j.tck.launch.CommandLauncher;
import io.asgi4j.tck.launch.Image;
import io.asgi4j.tck.launch.ImageLauncher;
import io.asgi4j.tck.launch.InProcessLauncher;
import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.launch.Launcher;
import io.asgi4j.tck.launch.UrlLauncher;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server is judged, and how the kit gets it. */
final class ServerOptions {
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--command",
            paramLabel = "COMMAND",
            description =
                    "Start the server by this command, in which {port} stands for the port. Without this, --url and "
                            + "--image, the server is the one whose ServerProvider is on the class path.")
    private @Nullable String command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Judge a server that runs already, with the kit's application.")
    private @Nullable URI url;

    @Option(
            names = "--image",
            paramLabel = "NAME[:TAG]",
            description = "Start a container of this image, which holds the server and the kit's application.")
    private @Nullable String image;

    @Option(
            names = "--image-port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "Where the server listens in the container. Default: ${DEFAULT-VALUE}.")
    private int imagePort = Image.USUAL_PORT;

    @Option(
            names = "--option",
            paramLabel = "NAME=WORDS",
            description =
                    "How to set an option: what is appended to the command, such as --option 'root-path=--root-path"
                            + " {value}', or the environment variable of the container.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--name", paramLabel = "NAME", description = "What the server is called in reports.")
    private String name = "";

    @Option(names = "--server-version", paramLabel = "VERSION", description = "The server's version, for reports.")
    private String version = "";

    @Option(
            names = "--feature",
            paramLabel = "FEATURE",
            description = "Something that the server declares. Without any, what its scopes offer.")
    private List<String> features = new ArrayList<>();

    @Option(
            names = "--start-limit",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long the server may take to start, and to stop. Default: ${DEFAULT-VALUE}.")
    private int startLimit = 30;

    /**
     * How to get the server.
     *
     * @throws UsageException if what was typed does not say it
     */
    Launcher launcher() throws UsageException {
        try {
            return chosen();
        } catch (LaunchException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private Launcher chosen() throws LaunchException, UsageException {
        if (startLimit < 1) {
            throw new UsageException("--start-limit is at least 1, not " + startLimit);
        }
        if (imagePort < 1 || imagePort > HIGHEST_PORT) {
            throw new UsageException("--image-port is from 1 to %d, not %d".formatted(HIGHEST_PORT, imagePort));
        }
        var limit = Duration.ofSeconds(startLimit);
        if (Stream.of(command, url, image).filter(Objects::nonNull).count() > 1) {
            throw new UsageException("--command, --url and --image exclude each other: there is one server to judge");
        }
        if (command != null) {
            var info = ServerInfo.of(name.isEmpty() ? command.strip().split(" ", 2)[0] : name, version);
            return new CommandLauncher(new Command(command, startOptions(), info, features()), limit);
        }
        if (url != null) {
            return new UrlLauncher(url, ServerInfo.of(name.isEmpty() ? url.toString() : name, version), features());
        }
        if (image != null) {
            var info = ServerInfo.of(name.isEmpty() ? image : name, version);
            return new ImageLauncher(new Image(image, imagePort, startOptions(), info, features()), limit);
        }
        return new InProcessLauncher(InProcessLauncher.findProvider(), limit);
    }

    /** {@return whether somebody else has started the server} */
    boolean isElsewhere() {
        return url != null;
    }

    private Map<StartOption, String> startOptions() throws UsageException {
        var known = new EnumMap<StartOption, String>(StartOption.class);
        var settable = EnumSet.complementOf(EnumSet.of(StartOption.PORT));
        for (var option : options.entrySet()) {
            var found = StartOption.named(option.getKey()).filter(settable::contains);
            known.put(
                    found.orElseThrow(() -> new UsageException(
                            "there is no option %s; there are %s".formatted(option.getKey(), settable))),
                    option.getValue());
        }
        return known;
    }

    private Set<Feature> features() throws UsageException {
        var known = new LinkedHashSet<Feature>();
        for (var feature : features) {
            known.add(Feature.of(feature)
                    .orElseThrow(() -> new UsageException(
                            "there is no feature %s; there are %s".formatted(feature, List.of(Feature.values())))));
        }
        return known;
    }

    /** {@return the words of a command line that choose the same server} */
    List<String> words() {
        var words = new ArrayList<String>();
        if (command != null) {
            words.addAll(List.of("--command", command));
        }
        if (url != null) {
            words.addAll(List.of("--url", url.toString()));
        }
        if (image != null) {
            words.addAll(List.of("--image", image));
            if (imagePort != Image.USUAL_PORT) {
                words.addAll(List.of("--image-port", Integer.toString(imagePort)));
            }
        }
        options.forEach((option, value) -> words.addAll(List.of("--option", option + "=" + value)));
        features.forEach(feature -> words.addAll(List.of("--feature", feature)));
        return words;
    }
}
