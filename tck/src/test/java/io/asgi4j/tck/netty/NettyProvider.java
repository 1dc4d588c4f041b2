package io.asgi4j.tck.netty;

import io.asgi4j.server.netty.NettyServer;
import io.asgi4j.server.netty.options.LifespanMode;
import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.Application;
import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.ServerProvider;
import io.asgi4j.tck.ServerUnderTest;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starts asgi4j's own server, with the scheduler that the system property {@value #SCHEDULER} names, or else its usual one. */
public final class NettyProvider implements ServerProvider {
    static final String SCHEDULER = "asgi4j.tck.netty.scheduler";

    private static final Map<StartOption, ServerOption<Duration>> DURATIONS = Map.ofEntries(
            Map.entry(StartOption.STARTUP_TIMEOUT, ServerOptions.LIFESPAN_STARTUP_TIMEOUT),
            Map.entry(StartOption.SHUTDOWN_TIMEOUT, ServerOptions.LIFESPAN_SHUTDOWN_TIMEOUT),
            Map.entry(StartOption.GRACE_PERIOD, ServerOptions.SHUTDOWN_TIMEOUT),
            Map.entry(StartOption.INTERRUPT_TIMEOUT, ServerOptions.INTERRUPT_TIMEOUT),
            Map.entry(StartOption.KEEP_ALIVE_TIMEOUT, ServerOptions.KEEP_ALIVE_TIMEOUT),
            Map.entry(StartOption.HEAD_TIMEOUT, ServerOptions.HEADER_TIMEOUT),
            Map.entry(StartOption.BODY_TIMEOUT, ServerOptions.BODY_TIMEOUT),
            Map.entry(StartOption.UNREAD_BODY_TIMEOUT, ServerOptions.LINGERING_TIMEOUT),
            Map.entry(StartOption.WRITE_TIMEOUT, ServerOptions.WRITE_TIMEOUT),
            Map.entry(StartOption.WEBSOCKET_PING_INTERVAL, ServerOptions.WS_PING_INTERVAL),
            Map.entry(StartOption.WEBSOCKET_PING_TIMEOUT, ServerOptions.WS_PING_TIMEOUT),
            Map.entry(StartOption.WEBSOCKET_CLOSE_TIMEOUT, ServerOptions.WS_CLOSE_TIMEOUT));

    private static final Map<StartOption, ServerOption<Integer>> COUNTS = Map.of(
            StartOption.MAX_HEAD_SIZE, ServerOptions.MAX_HEADER_SIZE,
            StartOption.MAX_CONNECTIONS, ServerOptions.MAX_CONNECTIONS,
            StartOption.WEBSOCKET_MAX_MESSAGE_SIZE, ServerOptions.WS_MAX_MESSAGE_SIZE);

    private static final Map<StartOption, ServerOption<Boolean>> FLAGS = Map.of(
            StartOption.DATE_FIELD, ServerOptions.DATE_HEADER,
            StartOption.SERVER_FIELD, ServerOptions.SERVER_HEADER,
            StartOption.WEBSOCKET_COMPRESSION, ServerOptions.WS_DEFLATE);

    @Override
    public Optional<String> log() {
        return Optional.of(OperatorLog.SHARED.text());
    }

    @Override
    public Set<StartOption> startOptions() {
        return EnumSet.allOf(StartOption.class);
    }

    @Override
    public ServerUnderTest start(Application application, StartOptions options) throws Exception {
        var scheduler = System.getProperty(SCHEDULER, "auto");
        var builder = NettyServer.builder(application)
                .port(options.count(StartOption.PORT).orElse(0))
                .scheduler(SchedulerMode.valueOf(scheduler.toUpperCase(Locale.ROOT)));
        DURATIONS.forEach((option, ours) -> options.duration(option).ifPresent(value -> builder.option(ours, value)));
        COUNTS.forEach((option, ours) -> options.count(option).ifPresent(value -> builder.option(ours, value)));
        options.text(StartOption.ROOT_PATH).ifPresent(builder::rootPath);
        options.text(StartOption.LIFESPAN)
                .ifPresent(mode -> builder.lifespan(LifespanMode.valueOf(mode.toUpperCase(Locale.ROOT))));
        FLAGS.forEach(
                (option, ours) -> options.text(option).ifPresent(on -> builder.option(ours, Boolean.valueOf(on))));
        return new Running(builder.start(), scheduler);
    }

    private record Running(NettyServer server, String scheduler) implements ServerUnderTest {
        @Override
        public URI baseUri() {
            return URI.create("http://127.0.0.1:" + server.port());
        }

        @Override
        public ServerInfo info() {
            return new ServerInfo("asgi4j-server-netty", "0.1.0", Map.of("scheduler", scheduler));
        }

        @Override
        public Set<Feature> features() {
            return EnumSet.of(
                    Feature.HTTP,
                    Feature.WEBSOCKET,
                    Feature.WEBSOCKET_COMPRESSION,
                    Feature.LIFESPAN,
                    Feature.STATE,
                    Feature.HTTP2,
                    Feature.WEBSOCKET_DENIAL,
                    Feature.EARLY_HINT,
                    Feature.PATHSEND,
                    Feature.ZEROCOPYSEND,
                    Feature.RESPONSE_TRAILERS,
                    Feature.REQUEST_TRAILERS);
        }

        @Override
        public void close() {
            server.close();
            if (server.hasFailed()) {
                throw new IllegalStateException("the application's lifespan failed");
            }
        }
    }
}
