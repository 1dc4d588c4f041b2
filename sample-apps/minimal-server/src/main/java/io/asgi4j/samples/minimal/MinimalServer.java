package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.State;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A small ASGI server: start, accept, shut down.
 *
 * <p>Each connection has two virtual threads, which read and write, and each call of the application has one.
 */
public final class MinimalServer implements AutoCloseable {
    static final Logger LOG = System.getLogger(MinimalServer.class.getName());

    private final Application application;
    private final Map<Limit, Integer> limits;
    private final Lifespan lifespan;
    private final ServerSocketChannel listener;
    private final Semaphore free;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("asgi-clock").daemon().factory(), new ThreadPoolExecutor.DiscardPolicy());
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

    /** The draining signals of scopes that somebody still holds. */
    private final Set<Once> signals = Collections.newSetFromMap(new WeakHashMap<>());

    /** How far the shutdown is. */
    volatile boolean draining;

    volatile boolean interrupting;

    private MinimalServer(Application application, Lifespan.Mode mode, Map<Limit, Integer> limits) throws IOException {
        this.application = application;
        this.limits = Map.copyOf(limits);
        this.lifespan = new Lifespan(this, mode);
        this.listener = ServerSocketChannel.open();
        this.free = new Semaphore(limit(Limit.CONNECTIONS));
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Starts the application, and then accepts connections for it on the loopback interface; blocks until it has started.
     *
     * @param port where to listen; 0 is any free port
     * @throws IllegalStateException if the application did not start
     * @throws IOException if the server cannot listen there
     */
    public static MinimalServer start(Application application, int port) throws IOException, InterruptedException {
        return start(application, port, Lifespan.Mode.AUTO, Map.of());
    }

    /** The same, with those limits that are not to have their standard values. */
    static MinimalServer start(Application application, int port, Lifespan.Mode mode, Map<Limit, Integer> limits)
            throws IOException, InterruptedException {
        var server = new MinimalServer(application, mode, limits);
        try {
            server.lifespan.start(application);
            server.requireNoProblem();
            server.listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Thread.ofPlatform().name("asgi-accept").start(server::accept);
            return server;
        } catch (IOException | IllegalStateException | InterruptedException failure) {
            server.shutDown();
            throw failure;
        }
    }

    /** Returns the port on which the server listens. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    private void accept() {
        while (listener.isOpen()) {
            free.acquireUninterruptibly();
            try {
                var socket = listener.accept();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException failure) {
                free.release();
                if (listener.isOpen()) {
                    LOG.log(Level.WARNING, "a connection could not be accepted", failure);
                }
            }
        }
    }

    private void serve(SocketChannel socket) {
        try (socket) {
            var connection = new HttpConnection(this, new Wire(this, socket));
            connections.add(connection);
            connection.run();
            connections.remove(connection);
        } catch (IOException lost) {
            LOG.log(Level.DEBUG, "a connection was lost before it began", lost);
        } finally {
            free.release();
        }
    }

    // what connections and exchanges need

    void call(ClientExchange<?> exchange) {
        calls.execute(() -> exchange.call(application, exchange.scope()));
    }

    int limit(Limit limit) {
        return limits.getOrDefault(limit, limit.standard);
    }

    Future<?> after(Limit limit, Runnable action) {
        return clock.schedule(action, limit(limit), TimeUnit.MILLISECONDS);
    }

    State state() {
        return lifespan.state.copy();
    }

    /** A signal of its own for each scope, so that what applications register there goes with the scope. */
    Once draining() {
        var signal = new Once();
        synchronized (signals) {
            signals.add(signal);
        }
        if (draining) {
            signal.set();
        }
        return signal;
    }

    // the shutdown

    /**
     * Shuts down and blocks until that is done: exchanges and calls may end within the grace period, then they are
     * interrupted, and at last the application is told. To interrupt the calling thread cuts this short.
     *
     * @throws IllegalStateException if the application has failed to shut down
     */
    @Override
    public void close() {
        shutDown();
        requireNoProblem();
    }

    private void requireNoProblem() {
        if (lifespan.problem != null) {
            throw new IllegalStateException(lifespan.problem);
        }
    }

    /** Whoever comes second waits for the first one. */
    synchronized void shutDown() {
        if (draining) {
            return;
        }
        draining = true;
        try (listener) {
            listener.close();
            List<Once> present;
            synchronized (signals) {
                present = List.copyOf(signals);
            }
            present.forEach(Once::set);
            connections.forEach(HttpConnection::drain);
            var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limit(Limit.GRACE_MILLIS));
            var all = limit(Limit.CONNECTIONS);
            var ended = free.tryAcquire(all, limit(Limit.GRACE_MILLIS), TimeUnit.MILLISECONDS);
            calls.shutdown();
            calls.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            interrupting = true;
            calls.shutdownNow();
            connections.forEach(HttpConnection::abort);
            calls.awaitTermination(limit(Limit.INTERRUPTED_MILLIS), TimeUnit.MILLISECONDS);
            if (!ended) {
                free.tryAcquire(all, limit(Limit.INTERRUPTED_MILLIS), TimeUnit.MILLISECONDS);
            }
            lifespan.shutDown();
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "the listener could not be closed", failure);
        } catch (InterruptedException cutShort) {
            Thread.currentThread().interrupt();
        } finally {
            clock.shutdownNow();
        }
    }

    /**
     * Serves an application until the program is told to end.
     *
     * @param arguments the name of the application's class, which has a constructor without parameters, and the port
     */
    public static void main(String... arguments) throws Exception {
        var application = Class.forName(arguments[0])
                .asSubclass(Application.class)
                .getConstructor()
                .newInstance();
        var server = start(application, Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "asgi-shutdown"));
        System.out.println("http://127.0.0.1:" + server.port() + "/");
    }
}
