package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Application;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/**
 * A small ASGI server: start-up, accepting, shut-down.
 *
 * <p>Thread ownership: one platform thread accepts, and keeps the program alive; each connection has a virtual thread.
 * {@link #close} may be called by any thread, the others wait for the first one then.
 *
 * <p>Keeps: {@code lifespan.startup.before-connections}, {@code lifespan.startup.socket-closed},
 * {@code lifespan.shutdown.after-connections}, {@code shutdown.*}.
 */
public final class MinimalServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MinimalServer.class.getName());

    private final Limits limits;
    private final Calls calls;
    private final Lifespan lifespan;
    private final ServerSocket listener;
    private final Semaphore free;
    private final Crowd<HttpConnection> connections = new Crowd<>();
    private final Draining draining = new Draining();
    private boolean closed;

    private MinimalServer(Limits limits, Calls calls, Lifespan lifespan, ServerSocket listener) {
        this.limits = limits;
        this.calls = calls;
        this.lifespan = lifespan;
        this.listener = listener;
        this.free = new Semaphore(limits.get(Limit.CONNECTIONS));
    }

    /**
     * Starts the application and then accepts connections for it; blocks until it has started.
     *
     * @param application the application
     * @param address where to listen; port 0 is any free one
     * @param limits the limits
     * @return the server, which is to be closed
     * @throws StartupException if the application did not start
     * @throws IOException if the server cannot listen there
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    @SuppressWarnings("AddressSelection") // the caller has chosen it
    public static MinimalServer start(Application application, InetSocketAddress address, Limits limits)
            throws StartupException, IOException, InterruptedException {
        var calls = new Calls(application);
        var lifespan = new Lifespan(limits);
        var listener = new ServerSocket();
        try {
            lifespan.start(calls);
            listener.bind(address);
        } catch (StartupException | IOException | InterruptedException failed) {
            listener.close();
            lifespan.end();
            throw failed;
        }
        var server = new MinimalServer(limits, calls, lifespan, listener);
        Thread.ofPlatform().name("asgi-accept").start(server::accept);
        return server;
    }

    /**
     * Returns the port on which the server listens.
     *
     * @return the port
     */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            free.acquireUninterruptibly();
            try {
                serve(listener.accept());
            } catch (IOException failed) {
                free.release();
                if (!listener.isClosed()) {
                    LOG.log(Level.WARNING, "a connection could not be accepted", failed);
                }
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        var connection = new HttpConnection(new Wire(socket, limits), limits, calls, lifespan.state(), draining);
        connections.add(connection);
        Thread.ofVirtual().name("asgi-connection").start(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
                free.release();
            }
        });
    }

    /**
     * Shuts down and blocks until that is done: exchanges and calls may end within the grace period, then they are
     * interrupted, and at last the application is told. To interrupt the calling thread cuts this short.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            listener.close();
            draining.begin();
            var grace = limits.deadline(Limit.GRACE_MILLIS);
            connections.awaitNone(grace);
            calls.awaitNone(grace);
            calls.interruptAll();
            connections.forEach(HttpConnection::abort);
            var interrupted = limits.deadline(Limit.INTERRUPTED_MILLIS);
            connections.awaitNone(interrupted);
            calls.awaitNone(interrupted);
            lifespan.end();
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "the listener could not be closed", failed);
        } catch (InterruptedException cutShort) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Serves an application until the program is told to end.
     *
     * @param arguments the name of the application's class, which has a constructor without parameters, and the port
     * @throws Exception if the arguments are wrong or the server cannot start
     */
    public static void main(String... arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("usage: java -cp … " + MinimalServer.class.getName() + " <application class> <port>");
            System.exit(2);
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
        var application = Class.forName(arguments[0])
                .asSubclass(Application.class)
                .getConstructor()
                .newInstance();
        try {
            var server = start(application, address, Limits.ofSystemProperties());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "asgi-shutdown"));
            System.out.println("http://127.0.0.1:" + server.port() + "/");
        } catch (StartupException failed) {
            System.err.println(failed.getMessage());
            System.exit(1);
        }
    }
}
