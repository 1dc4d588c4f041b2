package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Application;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.*;
import java.util.*;
import java.util.concurrent.*;

/**
 * A small ASGI server: start, accept, shut down.
 *
 * <p>One thread accepts, each connection has a virtual thread, and so has each call of the application. Any thread may call
 * any method.
 */
public final class MinimalServer implements AutoCloseable {
    static final Logger LOG = System.getLogger(MinimalServer.class.getName());

    final Application application;
    final Lifespan lifespan = new Lifespan(this);
    final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    volatile boolean draining;

    /** All whose scope somebody still holds. */
    final Set<Exchange> exchanges = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final Map<Limit, Integer> limits;
    private final ServerSocket listener = new ServerSocket();
    private final Semaphore free;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

    private MinimalServer(Application application, Map<Limit, Integer> limits) throws IOException {
        this.application = application;
        this.limits = limits;
        this.free = new Semaphore(limit(Limit.CONNECTIONS));
    }

    /**
     * Starts the application, and then serves it on the loopback interface; blocks until it has started.
     *
     * @param port where to listen; 0 is any free port
     * @param limits those that are not to have their standard values
     * @throws CompletionException if the application did not start
     */
    static MinimalServer start(Application application, int port, Map<Limit, Integer> limits) throws IOException {
        var server = new MinimalServer(application, limits);
        try {
            server.lifespan.start();
            server.listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException | CompletionException failure) {
            server.close();
            throw failure;
        }
        Thread.ofPlatform().name("asgi-accept").start(server::accept);
        return server;
    }

    int port() {
        return listener.getLocalPort();
    }

    int limit(Limit limit) {
        return limits.getOrDefault(limit, limit.standard);
    }

    private void accept() {
        while (!draining) {
            try {
                var socket = listener.accept();
                if (free.tryAcquire()) {
                    Thread.startVirtualThread(() -> serve(socket));
                } else {
                    socket.close();
                }
            } catch (IOException failure) {
                LOG.log(draining ? Level.DEBUG : Level.WARNING, "a connection could not be accepted", failure);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var connection = new HttpConnection(this, socket);
            connections.add(connection);
            connection.run();
            connections.remove(connection);
        } catch (IOException lost) {
            LOG.log(Level.DEBUG, "a connection was lost before it began", lost);
        } finally {
            free.release();
        }
    }

    /**
     * Shuts down and blocks until that is done: exchanges and calls may end within the grace period, then they are
     * interrupted, and at last the application is told. To interrupt the calling thread cuts this short.
     *
     * @throws CompletionException if the application has failed to shut down
     */
    @Override
    public synchronized void close() {
        try {
            if (!draining) {
                shutDown();
            }
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "the listener could not be closed", failure);
        } catch (InterruptedException cutShort) {
            Thread.currentThread().interrupt();
        }
    }

    private void shutDown() throws IOException, InterruptedException {
        draining = true;
        listener.close();
        exchanges.forEach(exchange -> exchange.draining().set());
        connections.forEach(HttpConnection::drain);
        var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limit(Limit.GRACE_MILLIS));
        free.tryAcquire(limit(Limit.CONNECTIONS), limit(Limit.GRACE_MILLIS), TimeUnit.MILLISECONDS);
        calls.shutdown();
        calls.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        calls.shutdownNow();
        connections.forEach(HttpConnection::abort);
        calls.awaitTermination(limit(Limit.LATE_MILLIS), TimeUnit.MILLISECONDS);
        lifespan.shutDown();
    }

    /**
     * Serves an application until the program is told to end.
     *
     * @param arguments the name of the application's class, which has a constructor without parameters, and the port
     */
    public static void main(String... arguments) throws Exception {
        var type = Class.forName(arguments[0]).asSubclass(Application.class);
        var application = type.getConstructor().newInstance();
        var server = start(application, Integer.parseInt(arguments[1]), Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "asgi-shutdown"));
        System.out.println("http://127.0.0.1:" + server.port() + "/");
    }
}
