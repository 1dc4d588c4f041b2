package io.asgi4j.benchmarks.server;

import io.asgi4j.server.netty.StartupException;
import io.asgi4j.server.netty.options.SchedulerMode;
import java.io.IOException;

/** asgi4j with applications on the JDK's own scheduler of virtual threads. */
public final class Asgi4jSharedPeer {
    private Asgi4jSharedPeer() {}

    public static void main(String[] arguments) throws StartupException, IOException, InterruptedException {
        Asgi4jPeer.serve(Arguments.of(arguments), SchedulerMode.SHARED);
    }
}
