package io.asgi4j.benchmarks.server;

import io.asgi4j.server.netty.NettyServer;
import io.asgi4j.server.netty.StartupException;
import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.ServerOptions;
import java.io.IOException;

/** asgi4j with applications on their event loop's carrier, which needs access to the JDK's thread builder. */
public final class Asgi4jPeer {
    private Asgi4jPeer() {}

    public static void main(String[] arguments) throws StartupException, IOException, InterruptedException {
        serve(Arguments.of(arguments), SchedulerMode.LOOP);
    }

    static void serve(Arguments arguments, SchedulerMode scheduler)
            throws StartupException, IOException, InterruptedException {
        var application = new Asgi4jApplication(arguments.file());
        try (var server = NettyServer.builder(application)
                .host(Arguments.HOST)
                .port(arguments.port())
                .scheduler(scheduler)
                .option(ServerOptions.LOOPS, arguments.loops())
                .option(ServerOptions.ACCESS_LOG, false)
                .option(ServerOptions.MAX_CONNECTIONS, 100_000)
                .option(ServerOptions.MAX_RUNNING, 100_000)
                .start()) {
            server.awaitClosed();
        }
    }
}
