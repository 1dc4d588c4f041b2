package io.asgi4j.tck.launch;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.ServerProvider;
import io.asgi4j.tck.ServerUnderTest;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.app.TckApplication;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.TraceEntry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts servers in this process, by a provider. */
public final class InProcessLauncher implements Launcher {
    private final ServerProvider provider;
    private final Duration limit;

    /**
     * Makes a launcher.
     *
     * @param limit how long a server may take to start, and to stop
     */
    public InProcessLauncher(ServerProvider provider, Duration limit) {
        this.provider = provider;
        this.limit = limit;
    }

    /**
     * Finds the provider by {@link ServiceLoader}.
     *
     * @throws LaunchException unless there is exactly one
     */
    public static ServerProvider findProvider() throws LaunchException {
        var found = ServiceLoader.load(ServerProvider.class).stream().toList();
        return switch (found.size()) {
            case 0 ->
                throw new LaunchException(
                        "no server to judge: name a class that implements %1$s in META-INF/services/%1$s, or return one from provider(); the command line also knows --command, --url and --image"
                                .formatted(ServerProvider.class.getName()));
            case 1 -> found.getFirst().get();
            default ->
                throw new LaunchException("%d servers to judge, and only one can be: keep one of %s on the class path"
                        .formatted(
                                found.size(),
                                found.stream().map(one -> one.type().getName()).toList()));
        };
    }

    @Override
    public String way() {
        return "in process";
    }

    @Override
    public Set<StartOption> startOptions() {
        return provider.startOptions();
    }

    @Override
    public boolean startsServers() {
        return true;
    }

    @Override
    public boolean seesOutput() {
        return provider.log().isPresent();
    }

    @Override
    public RunningServer launch(StartOptions options, Script lifespan) throws LaunchException, InterruptedException {
        var application = new TckApplication(lifespan);
        var server = inTime("start", () -> provider.start(application, options));
        return new InProcessServer(server, application);
    }

    /** Does something that may hang, on a thread of its own. */
    private <T> T inTime(String what, Callable<T> action) throws LaunchException, InterruptedException {
        var result = new CompletableFuture<T>();
        var thread = Thread.ofPlatform().daemon().name("asgi4j-tck " + what).start(() -> {
            try {
                result.complete(action.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw LaunchException.refused("the server did not %s: %s".formatted(what, cause), "\n" + cause, cause);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new LaunchException("the server did not %s within %d ms".formatted(what, limit.toMillis()), e);
        }
    }

    private final class InProcessServer implements RunningServer {
        private final ServerUnderTest server;
        private final TckApplication application;
        private boolean stopped;

        InProcessServer(ServerUnderTest server, TckApplication application) {
            this.server = server;
            this.application = application;
        }

        @Override
        public URI baseUri() {
            return server.baseUri();
        }

        @Override
        public ServerInfo info() {
            return server.info();
        }

        @Override
        public Set<Feature> features() {
            return server.features();
        }

        @Override
        public void stop() throws LaunchException, InterruptedException {
            synchronized (this) {
                if (stopped) {
                    return;
                }
                stopped = true;
            }
            inTime("stop", () -> {
                server.close();
                return server;
            });
        }

        @Override
        public void kill() {
            try {
                stop();
            } catch (LaunchException e) {
                // it was told, and nobody wants to know
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public List<TraceEntry> trace(String scenario) {
            return application.trace(scenario).orElse(List.of());
        }

        @Override
        public List<TraceEntry> lifespan() {
            return application.lifespanTrace();
        }

        @Override
        public String output() {
            return "";
        }

        @Override
        public String told() {
            return provider.log().orElse("");
        }
    }
}
