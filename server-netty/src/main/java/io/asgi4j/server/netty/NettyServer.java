package io.asgi4j.server.netty;

import io.asgi4j.server.netty.lifespan.Lifespan;
import io.asgi4j.server.netty.lifespan.LifespanException;
import io.asgi4j.server.netty.listener.Listener;
import io.asgi4j.server.netty.loop.EventLoops;
import io.asgi4j.server.netty.options.LifespanMode;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TransportMode;
import io.asgi4j.server.netty.tls.TlsServer;
import io.asgi4j.spec.Application;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running ASGI server on Netty.
 *
 * {@snippet :
 * try (var server = NettyServer.builder(application).port(0).start()) {
 *     System.out.println("listening on port " + server.port());
 *     server.awaitClosed();
 * }
 * }
 *
 * <p>A server runs from {@link Builder#start} until it was closed; it cannot be started again. All methods may be
 * called from any thread, also from the application's; it has no shutdown hook, so a program that ends by a signal
 * closes it itself, or uses {@code cli.Main.run}.
 */
public final class NettyServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("asgi4j");

    private final Options options;
    private final EventLoops loops;
    private final Lifespan lifespan;
    private final Listener listener;
    private final @Nullable TlsServer tls;
    private final Drain drain;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean failed;

    private NettyServer(
            Options options, EventLoops loops, Lifespan lifespan, Listener listener, @Nullable TlsServer tls) {
        this.options = options;
        this.loops = loops;
        this.lifespan = lifespan;
        this.listener = listener;
        this.tls = tls;
        this.drain = new Drain(listener);
    }

    /**
     * Returns a builder of a server for an application, with every option at its default.
     *
     * @param application is called on a virtual thread of its own for each HTTP request and WebSocket, and for its
     *     lifespan
     */
    public static Builder builder(Application application) {
        return new Builder(Objects.requireNonNull(application, "application"));
    }

    /** {@return where the server listens: the address and the port that it really got} */
    public List<SocketAddress> addresses() {
        return listener.addresses();
    }

    /**
     * {@return the TCP port on which the server listens, the first if there are several}
     *
     * @throws IllegalStateException if it listens on no TCP port
     */
    public int port() {
        for (var address : addresses()) {
            if (address instanceof InetSocketAddress tcp) {
                return tcp.getPort();
            }
        }
        throw new IllegalStateException("the server listens on no TCP port");
    }

    /** {@return the options with which the server was started} */
    public Options options() {
        return options;
    }

    /** {@return the event loops and the carrier of the application's threads, in words} */
    public String description() {
        return loops.description();
    }

    /**
     * Looks at once whether there are new certificates in their files, and uses them for new connections. Bad ones are
     * logged, and the old ones stay. Does nothing without TLS.
     */
    public void reloadCertificates() {
        if (tls != null) {
            tls.reload();
        }
    }

    /**
     * Stops the server gracefully and blocks until it is closed.
     *
     * <p>The order: applications see the draining signal; after {@link ServerOptions#DRAIN_DELAY} the server stops accepting
     * connections; exchanges that are running have
     * {@link ServerOptions#SHUTDOWN_TIMEOUT} to end, then their applications are interrupted and their connections
     * closed; the application's lifespan shutdown follows, and at last the event loops end. Further calls wait for the
     * same end. If the calling thread is interrupted while it waits, the server goes on like {@link #closeNow} and the
     * thread's interrupted status is kept. Called from within an exchange, it waits for that exchange too.
     */
    @Override
    public void close() {
        stop();
        awaitEnd();
    }

    /**
     * Stops the server without letting exchanges end, and blocks until it is closed.
     *
     * <p>Applications are interrupted and connections closed at once; lifespan shutdown is spoken all the same. Also cuts
     * a {@link #close} short that is waiting for exchanges.
     */
    public void closeNow() {
        drain.hurry();
        stop();
        awaitEnd();
    }

    /**
     * Blocks until the server is closed, by whomever.
     *
     * @throws InterruptedException if the calling thread is interrupted; the server is not affected
     */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /**
     * Tells whether the application failed after it had started: its lifespan call threw with {@link LifespanMode#ON},
     * which stops the server, or its shutdown failed or took too long. The log has the details.
     */
    public boolean hasFailed() {
        return failed;
    }

    /** Begins to stop, at the first call. */
    private void stop() {
        if (stopping.compareAndSet(false, true)) {
            // a thread of its own: the caller may be interrupted, or be an application that the drain waits for
            Thread.ofPlatform().name("asgi4j-stop").start(this::stopInOrder);
        }
    }

    private void stopInOrder() {
        LOG.info("Shutting down");
        try (loops;
                tls) {
            try {
                drain.await(options.get(ServerOptions.DRAIN_DELAY), options.get(ServerOptions.SHUTDOWN_TIMEOUT));
            } catch (InterruptedException e) {
                LOG.debug("The wait for connections was interrupted.", e);
            } finally {
                if (!lifespan.shutdown()) {
                    failed = true;
                }
            }
        } finally {
            closed.countDown();
        }
    }

    private void applicationFailed() {
        failed = true;
        stop();
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            drain.hurry();
            awaitEnd();
            Thread.currentThread().interrupt();
        }
    }

    /** Collects the options of a server and starts it. Not thread-safe; may start several servers, one after the other. */
    public static final class Builder {
        private final Application application;
        private Options options = Options.defaults();

        private Builder(Application application) {
            this.application = application;
        }

        /** Sets {@link ServerOptions#HOST}, by default {@code 127.0.0.1}. */
        public Builder host(String host) {
            return option(ServerOptions.HOST, host);
        }

        /** Sets {@link ServerOptions#PORT}, by default 8000; 0 takes any free one. */
        public Builder port(int port) {
            return option(ServerOptions.PORT, port);
        }

        /** Sets {@link ServerOptions#ROOT_PATH}, by default empty. */
        public Builder rootPath(String rootPath) {
            return option(ServerOptions.ROOT_PATH, rootPath);
        }

        /** Sets {@link ServerOptions#LIFESPAN}, by default {@link LifespanMode#AUTO}. */
        public Builder lifespan(LifespanMode lifespan) {
            return option(ServerOptions.LIFESPAN, lifespan);
        }

        /** Sets {@link ServerOptions#SCHEDULER}, by default {@link SchedulerMode#AUTO}. */
        public Builder scheduler(SchedulerMode scheduler) {
            return option(ServerOptions.SCHEDULER, scheduler);
        }

        /** Sets {@link ServerOptions#TRANSPORT}, by default {@link TransportMode#AUTO}. */
        public Builder transport(TransportMode transport) {
            return option(ServerOptions.TRANSPORT, transport);
        }

        /**
         * Sets an option; a later call for the same one replaces it.
         *
         * @throws IllegalArgumentException if the value is out of the option's range; the message says what is allowed
         */
        public <T> Builder option(ServerOption<T> option, T value) {
            options = options.with(option, value);
            return this;
        }

        /** Sets all options, also those that were set before. */
        public Builder options(Options options) {
            this.options = Objects.requireNonNull(options, "options");
            return this;
        }

        /**
         * Starts the server: first the application's lifespan, then the socket.
         *
         * <p>Blocks until the application has completed its start-up and the socket accepts connections. If it throws,
         * nothing is left running: an application that had started was shut down again.
         *
         * @return the running server
         * @throws StartupException if the application did not start
         * @throws IOException if the server cannot listen on that host and port, or if the chosen transport or
         *     scheduler is not to be had here, or if the certificates cannot be used; the message is a sentence for the
         *     operator
         * @throws InterruptedException if the calling thread is interrupted while the application starts; the
         *     application's thread is interrupted too
         */
        public NettyServer start() throws StartupException, IOException, InterruptedException {
            BindFailure.checkHost(options.get(ServerOptions.HOST));
            var tls = Listener.openTls(options);
            try {
                return start(tls);
            } catch (Throwable e) {
                if (tls != null) {
                    tls.close();
                }
                throw e;
            }
        }

        private NettyServer start(@Nullable TlsServer tls) throws StartupException, IOException, InterruptedException {
            var loops = openLoops();
            try {
                var lifespan = startLifespan();
                var listener = bind(loops, lifespan, tls);
                var server = new NettyServer(options, loops, lifespan, listener, tls);
                lifespan.onFailure(server::applicationFailed);
                return server;
            } catch (Throwable e) {
                loops.close();
                throw e;
            }
        }

        private Lifespan startLifespan() throws StartupException, InterruptedException {
            try {
                return Lifespan.start(application, options);
            } catch (LifespanException e) {
                throw new StartupException(String.valueOf(e.getMessage()), e.getCause());
            }
        }

        private EventLoops openLoops() throws IOException {
            try {
                return EventLoops.open(
                        options.get(ServerOptions.SCHEDULER),
                        options.get(ServerOptions.TRANSPORT),
                        options.get(ServerOptions.LOOPS));
            } catch (UnsupportedOperationException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        private Listener bind(EventLoops loops, Lifespan lifespan, @Nullable TlsServer tls) throws IOException {
            try {
                return Listener.bind(loops, application, options, lifespan.state(), tls);
            } catch (IOException e) {
                lifespan.shutdown();
                throw BindFailure.explain(options, e);
            } catch (Throwable e) {
                lifespan.shutdown();
                throw e;
            }
        }
    }
}
