package io.asgi4j.tck.mutant;

import io.asgi4j.spec.TcpAddress;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Stands between clients and a server, and lets a {@link Rewrite} change what they write. Connections of the kit's own pass through as
 * they are; ends and resets are passed on. Any thread may call any method.
 */
final class Proxy implements AutoCloseable {
    /** Small, so that the one side soon feels that the other does not read. */
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Addresses addresses;
    private final Function<Wire, Rewrite> requests;
    private final Function<Wire, Rewrite> responses;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Semaphore places;

    private volatile boolean holds;

    private Proxy(
            ServerSocket listener,
            InetSocketAddress server,
            Addresses addresses,
            Function<Wire, Rewrite> requests,
            Function<Wire, Rewrite> responses,
            int most) {
        this.listener = listener;
        this.server = server;
        this.addresses = addresses;
        this.requests = requests;
        this.responses = responses;
        this.places = new Semaphore(most);
    }

    /** Opens one in front of a port of the loopback interface. */
    static Proxy open(
            int port, Addresses addresses, Function<Wire, Rewrite> requests, Function<Wire, Rewrite> responses)
            throws IOException {
        return open(port, addresses, requests, responses, Integer.MAX_VALUE);
    }

    /** Opens one that changes nothing, and lets so many connections be open; others wait until it accepts them. */
    static Proxy openLimited(int port, Addresses addresses, int most) throws IOException {
        return open(port, addresses, wire -> Rewrite.NONE, wire -> Rewrite.NONE, most);
    }

    private static Proxy open(
            int port,
            Addresses addresses,
            Function<Wire, Rewrite> requests,
            Function<Wire, Rewrite> responses,
            int most)
            throws IOException {
        return open(listenOn(0), port, addresses, requests, responses, most);
    }

    /** Opens one that changes nothing, for the clients of a listener, who may have been waiting there. */
    static Proxy openFor(ServerSocket listener, int port, Addresses addresses) {
        return open(listener, port, addresses, wire -> Rewrite.NONE, wire -> Rewrite.NONE, Integer.MAX_VALUE);
    }

    private static Proxy open(
            ServerSocket listener,
            int port,
            Addresses addresses,
            Function<Wire, Rewrite> requests,
            Function<Wire, Rewrite> responses,
            int most) {
        var server = new InetSocketAddress(listener.getInetAddress(), port);
        var proxy = new Proxy(listener, server, addresses, requests, responses, most);
        Thread.ofVirtual().name("proxy").start(proxy::accept);
        return proxy;
    }

    /** Begins to listen on a port of the loopback interface, or on any free one if it is 0. */
    static ServerSocket listenOn(int port) throws IOException {
        var listener = new ServerSocket();
        listener.setReceiveBufferSize(BUFFER);
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 128);
        return listener;
    }

    int port() {
        return listener.getLocalPort();
    }

    void stopAccepting() {
        close(listener);
    }

    /** From now on connections are accepted, and nothing comes of them. */
    void hold() {
        holds = true;
    }

    /** Ends all connections. */
    @Override
    public void close() {
        stopAccepting();
        sockets.forEach(Proxy::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            places.acquireUninterruptibly();
            try {
                var client = listener.accept();
                sockets.add(client);
                if (holds) {
                    continue;
                }
                Thread.ofVirtual().name("proxy of " + client.getPort()).start(() -> serve(client));
            } catch (IOException e) {
                stopAccepting();
            }
        }
    }

    private void serve(Socket client) {
        var upstream = new Socket();
        sockets.add(upstream);
        try (upstream) {
            upstream.setReceiveBufferSize(BUFFER);
            upstream.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            upstream.connect(server);
            addresses.put(
                    upstream.getLocalPort(),
                    address(client.getInetAddress(), client.getPort()),
                    address(client.getLocalAddress(), client.getLocalPort()));
            relay(client, upstream);
            client.close();
        } catch (IOException e) {
            // a client that came just before it holds them must not see that the server takes nobody by now
            if (!holds) {
                reset(client);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
            sockets.removeIf(Socket::isClosed);
        }
    }

    private void relay(Socket client, Socket upstream) throws InterruptedException {
        var wire = new Wire();
        var toServer = Thread.ofVirtual().start(() -> pass(client, upstream, wire, requests.apply(wire), true));
        var toClient = Thread.ofVirtual().start(() -> pass(upstream, client, wire, responses.apply(wire), false));
        toServer.join();
        toClient.join();
    }

    private static void pass(Socket from, Socket to, Wire wire, Rewrite rewrite, boolean isOfRequests) {
        try {
            new Direction(from.getInputStream(), to.getOutputStream(), wire, rewrite, isOfRequests).run();
            if (rewrite.ends() || wire.isControl()) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    private static TcpAddress address(InetAddress host, int port) {
        return new TcpAddress(host.getHostAddress(), port);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is closed
        }
        close(socket);
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
