package io.asgi4j.server.netty.testing;

import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.TransportMode;
import java.util.stream.Stream;

/** Which threads carry the applications, and which interface the sockets use. */
public enum Setup {
    LOOP(SchedulerMode.LOOP, TransportMode.AUTO, false),
    SHARED(SchedulerMode.SHARED, TransportMode.AUTO, false),
    LOOP_ON_NIO(SchedulerMode.LOOP, TransportMode.NIO, false),
    SHARED_ON_NIO(SchedulerMode.SHARED, TransportMode.NIO, false),
    LOOP_WITH_TLS(SchedulerMode.LOOP, TransportMode.AUTO, true),
    SHARED_WITH_TLS(SchedulerMode.SHARED, TransportMode.AUTO, true);

    private final SchedulerMode scheduler;
    private final TransportMode transport;
    private final boolean tls;

    Setup(SchedulerMode scheduler, TransportMode transport, boolean tls) {
        this.scheduler = scheduler;
        this.transport = transport;
        this.tls = tls;
    }

    public SchedulerMode scheduler() {
        return scheduler;
    }

    public TransportMode transport() {
        return transport;
    }

    /** Whether the connections are encrypted. */
    public boolean tls() {
        return tls;
    }

    /** Both schedulers on the transport that the server chooses by itself. */
    public static Stream<Setup> schedulers() {
        return Stream.of(LOOP, SHARED);
    }

    /** Both schedulers on both transports, and with TLS, for what depends on how a transport tells about its sockets. */
    public static Stream<Setup> all() {
        return Stream.of(LOOP, SHARED, LOOP_ON_NIO, SHARED_ON_NIO, LOOP_WITH_TLS);
    }
}
