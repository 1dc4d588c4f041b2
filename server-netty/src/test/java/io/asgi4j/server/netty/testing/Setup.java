package io.asgi4j.server.netty.testing;

import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.TransportMode;
import java.util.stream.Stream;

/** Which threads carry the applications, and which interface the sockets use. */
public enum Setup {
    LOOP(SchedulerMode.LOOP, TransportMode.AUTO),
    SHARED(SchedulerMode.SHARED, TransportMode.AUTO),
    LOOP_ON_NIO(SchedulerMode.LOOP, TransportMode.NIO),
    SHARED_ON_NIO(SchedulerMode.SHARED, TransportMode.NIO);

    private final SchedulerMode scheduler;
    private final TransportMode transport;

    Setup(SchedulerMode scheduler, TransportMode transport) {
        this.scheduler = scheduler;
        this.transport = transport;
    }

    public SchedulerMode scheduler() {
        return scheduler;
    }

    public TransportMode transport() {
        return transport;
    }

    /** Both schedulers on the transport that the server chooses by itself. */
    public static Stream<Setup> schedulers() {
        return Stream.of(LOOP, SHARED);
    }

    /** Both schedulers on both transports, for what depends on how a transport tells about its sockets. */
    public static Stream<Setup> all() {
        return Stream.of(values());
    }
}
