package io.asgi4j.tck.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs a script on a thread of its own for each connection; {@link #close} throws what a script threw. */
final class ScriptedServer implements AutoCloseable {
    /** What a connection does. The socket is closed when it returns. */
    interface Script {
        void run(Peer peer) throws Exception;
    }

    /** The server's end of a connection. */
    record Peer(Socket socket) {
        void write(Octets octets) throws IOException {
            socket.getOutputStream().write(octets.toByteArray());
        }

        void write(String latin1) throws IOException {
            write(Octets.latin1(latin1));
        }

        /** Reads so many bytes. */
        Octets read(int count) throws IOException {
            return Octets.of(socket.getInputStream().readNBytes(count));
        }

        /** Reads up to and with a mark. */
        Octets readThrough(String mark) throws IOException {
            var bytes = new ByteArrayOutputStream();
            while (!bytes.toString(ISO_8859_1).endsWith(mark)) {
                var octet = socket.getInputStream().read();
                if (octet < 0) {
                    throw new IOException("ended after " + bytes);
                }
                bytes.write(octet);
            }
            return Octets.of(bytes.toByteArray());
        }

        Octets readToEnd() throws IOException {
            return Octets.of(socket.getInputStream().readAllBytes());
        }

        /** Ends the connection by a TCP RST. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    static final int PATIENCE_SECONDS = 20;

    private final ServerSocket listener;
    private final Script script;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    private ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static ScriptedServer running(Script script) throws IOException {
        var server = new ScriptedServer(script);
        server.start(server::accept);
        return server;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    WireClient connect() throws IOException {
        return connect(Limits.DEFAULT);
    }

    WireClient connect(Limits limits) throws IOException {
        return WireClient.open(address(), "c1", limits, Transcript.startingNow());
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "waited in vain");
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                socket.setTcpNoDelay(true);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.run(new Peer(socket));
        } catch (Throwable e) {
            synchronized (this) {
                failures.add(e);
            }
        }
    }

    private synchronized void start(Runnable work) {
        threads.add(Thread.ofPlatform().daemon().start(work));
    }

    private static void awaitEnd(Thread thread) {
        try {
            assertTrue(thread.join(Duration.ofSeconds(PATIENCE_SECONDS)), "a script hangs");
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while a script ran", e);
        }
    }

    /** Waits for the scripts. */
    @Override
    public void close() throws IOException {
        listener.close();
        List<Thread> all;
        synchronized (this) {
            all = List.copyOf(threads);
        }
        for (var thread : all) {
            awaitEnd(thread);
        }
        synchronized (this) {
            if (!failures.isEmpty()) {
                throw new AssertionError("a script failed", failures.getFirst());
            }
        }
    }
}
