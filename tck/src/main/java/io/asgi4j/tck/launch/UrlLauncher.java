package io.asgi4j.tck.launch;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.TraceEntry;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Finds a server that somebody else has started. Its start and its end cannot be seen. */
public final class UrlLauncher implements Launcher {
    private static final int HIGHEST_PORT = 65_535;

    private final URI base;
    private final ServerInfo info;
    private final Set<Feature> features;

    /**
     * Makes a launcher.
     *
     * @param base such as {@code http://localhost:8000}
     * @param info what the server is called in reports
     * @param features what it declares; empty to take what its scopes offer
     * @throws LaunchException if that is no address of a server for HTTP
     */
    public UrlLauncher(URI base, ServerInfo info, Set<Feature> features) throws LaunchException {
        if (!"http".equals(base.getScheme()) || base.getHost() == null || base.getPort() > HIGHEST_PORT) {
            throw new LaunchException("an address is like http://localhost:8000, not " + base);
        }
        this.base = base;
        this.info = info;
        this.features = Set.copyOf(features);
    }

    @Override
    public String way() {
        return "url " + base;
    }

    @Override
    public Set<StartOption> startOptions() {
        return Set.of();
    }

    @Override
    public boolean startsServers() {
        return false;
    }

    @Override
    public boolean seesOutput() {
        return false;
    }

    @Override
    public RunningServer launch(StartOptions options, Script lifespan) {
        return new UrlServer(base, info, features);
    }

    private record UrlServer(URI baseUri, ServerInfo info, Set<Feature> features) implements RunningServer {
        @Override
        public void stop() {
            // it belongs to somebody else
        }

        @Override
        public void kill() {
            // it belongs to somebody else
        }

        @Override
        public List<TraceEntry> trace(String scenario) {
            return List.of();
        }

        @Override
        public List<TraceEntry> lifespan() {
            return List.of();
        }

        @Override
        public String output() {
            return "";
        }
    }
}
