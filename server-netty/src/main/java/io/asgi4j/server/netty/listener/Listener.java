package io.asgi4j.server.netty.listener;

import io.asgi4j.server.netty.access.AccessLog;
import io.asgi4j.server.netty.exchange.ExchangeContext;
import io.asgi4j.server.netty.exchange.Mailbox;
import io.asgi4j.server.netty.exchange.SettableSignal;
import io.asgi4j.server.netty.http1.Http1Driver;
import io.asgi4j.server.netty.http2.Http2Driver;
import io.asgi4j.server.netty.loop.EventLoops;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.runner.ApplicationRunner;
import io.asgi4j.server.netty.runner.Capacity;
import io.asgi4j.server.netty.tls.TlsServer;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.State;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that listens, and the connections it accepted.
 *
 * <p>Its methods may be called from any thread but an event loop's: they block.
 */
public final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger("asgi4j");

    private final EventLoops loops;
    private final Application application;
    private final Options options;
    private final State state;
    private final Queue<ApplicationRunner> runners = new ConcurrentLinkedQueue<>();
    private final AccessLog accessLog;
    private final SettableSignal draining =
            new SettableSignal(task -> Thread.ofVirtual().start(task));
    private final Map<EventLoop, Drivers> drivers = new ConcurrentHashMap<>();
    private final Connections connections;
    private final RefusedConnections refused;
    private final Capacity capacity;
    private final @Nullable TlsServer tls;
    private final Channel socket;

    private Listener(EventLoops loops, Application application, Options options, State state, @Nullable TlsServer tls)
            throws IOException {
        this.loops = loops;
        this.application = application;
        this.options = options;
        this.state = state;
        this.accessLog = AccessLog.of(options);
        this.connections = new Connections(options.get(ServerOptions.MAX_CONNECTIONS));
        this.refused = new RefusedConnections(options.get(ServerOptions.MAX_CONNECTIONS));
        this.capacity = new Capacity(options.get(ServerOptions.MAX_RUNNING));
        this.tls = tls;
        this.socket = ListeningSocket.open(loops, options, new Accepted());
    }

    /**
     * Opens the socket and accepts connections from then on.
     *
     * @param state the lifespan's state, which every scope gets a copy of
     * @param tls what encrypts the connections, or null if nothing does
     * @throws IOException if the address cannot be had; the message is the transport's
     */
    public static Listener bind(
            EventLoops loops, Application application, Options options, State state, @Nullable TlsServer tls)
            throws IOException {
        return new Listener(loops, application, options, state, tls);
    }

    /**
     * Returns what encrypts connections, as the options want it, or null if they want nothing of the kind.
     *
     * @throws IOException if the certificates cannot be used; the message is a sentence for the operator
     */
    public static @Nullable TlsServer openTls(Options options) throws IOException {
        return TlsServer.open(options, Drivers.PROTOCOLS);
    }

    /** Takes over accepted channels. */
    private final class Accepted extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            if (connections.add(channel)) {
                channel.pipeline()
                        .addLast(new SlowReader(
                                channel,
                                options.get(ServerOptions.WRITE_TIMEOUT).toNanos(),
                                options.get(ServerOptions.MIN_DATA_RATE)));
                var own = drivers.computeIfAbsent(channel.eventLoop(), Listener.this::drivers);
                if (tls == null) {
                    own.install(channel);
                } else {
                    tls.install(channel, own::install);
                }
            } else {
                refused.add(channel.eventLoop());
                channel.close();
            }
        }
    }

    private Drivers drivers(EventLoop loop) {
        var exchanges = new ExchangeContext(
                new Mailbox(loop, loops.confinement(loop)),
                () -> loops.confinement(loop),
                draining,
                task -> Thread.ofVirtual().start(task),
                accessLog,
                options.get(ServerOptions.READ_AHEAD),
                options.get(ServerOptions.WS_QUEUE),
                options.get(ServerOptions.WRITE_BUFFER));
        var calls = new ApplicationRunner(application, loops, loop, capacity);
        runners.add(calls);
        return new Drivers(
                new Http1Driver(options, exchanges, calls, state),
                new Http2Driver(options, exchanges, calls, state),
                options.get(ServerOptions.HEADER_TIMEOUT));
    }

    /** Returns where the socket listens. */
    public List<SocketAddress> addresses() {
        return List.of(socket.localAddress());
    }

    /**
     * Lets applications see that the server is about to stop, and goes on as before for a while.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void announceStop(Duration delay) throws InterruptedException {
        if (!delay.isZero()) {
            LOG.info("Draining: accepting connections for another {} s", delay.toSeconds());
            draining.set();
            Thread.sleep(delay);
        }
    }

    /**
     * Tells the connections to end, no new requests, what is under way may finish; then closes the socket and blocks until that is
     * done. In this order, so that a client whose new connection is refused sees its other one announce its end.
     */
    public void stopAccepting() {
        // In this order: what an application answers when it sees the signal says that the connection closes.
        connections.drain();
        draining.set();
        socket.close().awaitUninterruptibly();
    }

    /**
     * Blocks until all connections and all calls of the application have ended, after they were {@linkplain #stopAccepting told}.
     * When the grace period is over, the applications are interrupted and the connections closed.
     *
     * @throws InterruptedException if the calling thread is interrupted; the connections are closed then too
     */
    public void drain(Duration grace) throws InterruptedException {
        try {
            var deadline = System.nanoTime() + grace.toNanos();
            awaitAccepted(deadline);
            if (connections.count() > 0) {
                LOG.info("Waiting for connections to close. (CTRL+C to force quit)");
            }
            if (connections.awaitEmpty(deadline) && awaitIdle(deadline)) {
                return;
            }
            LOG.warn("The grace period of {} s is over: interrupting what still runs", grace.toSeconds());
        } finally {
            runners.forEach(ApplicationRunner::interruptAll);
            connections.closeAll();
        }
        var deadline =
                System.nanoTime() + options.get(ServerOptions.INTERRUPT_TIMEOUT).toNanos();
        if (!connections.awaitEmpty(deadline) || !awaitIdle(deadline)) {
            LOG.error("An application did not end when it was interrupted; it is left behind");
        }
    }

    /** A connection that was accepted just before the end is counted once its loop has been there. */
    private void awaitAccepted(long deadline) throws InterruptedException {
        for (var loop : loops.group()) {
            loop.submit(() -> {}).await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private boolean awaitIdle(long deadline) throws InterruptedException {
        for (var calls : runners) {
            if (!calls.awaitIdle(deadline)) {
                return false;
            }
        }
        return true;
    }
}
