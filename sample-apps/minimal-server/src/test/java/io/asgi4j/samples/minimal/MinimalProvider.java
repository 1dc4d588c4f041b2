package io.asgi4j.samples.minimal;

import static java.util.Map.entry;

import io.asgi4j.spec.Application;
import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.ServerProvider;
import io.asgi4j.tck.ServerUnderTest;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/** Starts this server for the conformance kit. */
public final class MinimalProvider implements ServerProvider {
    private static final Map<StartOption, Limit> LIMITS = Map.ofEntries(
            entry(StartOption.STARTUP_TIMEOUT, Limit.LIFESPAN_MILLIS),
            entry(StartOption.SHUTDOWN_TIMEOUT, Limit.LIFESPAN_MILLIS),
            entry(StartOption.GRACE_PERIOD, Limit.GRACE_MILLIS),
            entry(StartOption.KEEP_ALIVE_TIMEOUT, Limit.IDLE_MILLIS),
            entry(StartOption.HEAD_TIMEOUT, Limit.CLIENT_MILLIS),
            entry(StartOption.UNREAD_BODY_TIMEOUT, Limit.LATE_MILLIS),
            entry(StartOption.WEBSOCKET_CLOSE_TIMEOUT, Limit.CLIENT_MILLIS),
            entry(StartOption.MAX_HEAD_SIZE, Limit.HEAD_BYTES),
            entry(StartOption.MAX_CONNECTIONS, Limit.CONNECTIONS),
            entry(StartOption.WEBSOCKET_MAX_MESSAGE_SIZE, Limit.MESSAGE_BYTES));

    private static final ByteArrayOutputStream LINES = new ByteArrayOutputStream();
    private static final StreamHandler HANDLER = new StreamHandler(LINES, new SimpleFormatter());
    private static final Logger LOGGER = Logger.getLogger(MinimalServer.LOG.getName());

    static {
        LOGGER.addHandler(HANDLER);
    }

    @Override
    public Optional<String> log() {
        HANDLER.flush();
        return Optional.of(LINES.toString(StandardCharsets.UTF_8));
    }

    @Override
    public Set<StartOption> startOptions() {
        var options = EnumSet.of(StartOption.PORT);
        options.addAll(LIMITS.keySet());
        return options;
    }

    @Override
    public ServerUnderTest start(Application application, StartOptions options) throws Exception {
        var limits = new EnumMap<Limit, Integer>(Limit.class);
        options.values().forEach((option, value) -> {
            if (LIMITS.containsKey(option)) {
                limits.put(LIMITS.get(option), Integer.valueOf(value));
            }
        });
        var port = options.count(StartOption.PORT).orElse(0);
        return new Running(MinimalServer.start(application, port, limits));
    }

    private record Running(MinimalServer server) implements ServerUnderTest {
        @Override
        public URI baseUri() {
            return URI.create("http://127.0.0.1:" + server.port());
        }

        @Override
        public ServerInfo info() {
            return ServerInfo.of("asgi4j-minimal-server", "0.1.0");
        }

        @Override
        public Set<Feature> features() {
            return EnumSet.of(Feature.HTTP, Feature.WEBSOCKET, Feature.LIFESPAN, Feature.STATE);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
