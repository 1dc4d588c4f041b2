package io.asgi4j.benchmarks.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A peer that runs in a process of its own, on the servers' processor. */
public final class Server implements AutoCloseable {
    /**
     * The same for every peer on the JVM: a fixed heap, and the collector that the JVM takes by itself on one processor.
     */
    public static final List<String> JVM_OPTIONS =
            List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final Duration LIFE_LIMIT = Duration.ofHours(4);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final int READ_LIMIT_MILLIS = 1000;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final byte[] FIRST_REQUEST =
            "GET /hello HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    /** A new port for each server, below those that the kernel gives to clients, so that no closed connection is in the way. */
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(20_000);

    private final Peer peer;
    private final int port;
    private final Process process;
    private final Processes processes;
    private final Path java;
    private final int processor;

    private Server(Peer peer, int port, Process process, Processes processes, Path java, int processor) {
        this.peer = peer;
        this.port = port;
        this.process = process;
        this.processes = processes;
        this.java = java;
        this.processor = processor;
    }

    /** Where servers are started. */
    public record Host(Installation installation, Processors processors, Processes processes) {
        public Server start(Peer peer) throws IOException, InterruptedException {
            return start(peer, JVM_OPTIONS);
        }

        /** Starts a peer and returns when it has answered its first request. */
        public Server start(Peer peer, List<String> jvmOptions) throws IOException, InterruptedException {
            var port = freePort();
            var command = processors.onServer(peer.program().command(installation, jvmOptions, port));
            var log = installation.logs().resolve(peer.name() + ".log");
            var process = processes.start(command, log, LIFE_LIMIT);
            var server = new Server(peer, port, process, processes, installation.java(), processors.server());
            try {
                server.awaitFirstAnswer(log);
            } catch (IOException e) {
                server.close();
                throw e;
            }
            return server;
        }
    }

    public Peer peer() {
        return peer;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The processor time it has used since its start. */
    public Duration cpuTime() throws IOException {
        return CpuTime.of(process.pid());
    }

    /** The processor time that all processes have used of its processor. */
    public Duration processorTime() throws IOException {
        return CpuTime.ofProcessor(processor);
    }

    /** Bytes of its memory that are in the machine's memory. */
    public long residentBytes() throws IOException {
        var status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        var resident = RESIDENT.matcher(status);
        if (!resident.find()) {
            throw new IOException(peer + " has ended");
        }
        return Long.parseLong(resident.group(1)) * 1024;
    }

    /** Whether it runs on a JVM. */
    public boolean hasHeap() {
        return !(peer.program() instanceof Program.OfDistribution);
    }

    /** Bytes of live objects in its JVM, after a full garbage collection. */
    public long liveHeapBytes() throws IOException, InterruptedException {
        var total = HISTOGRAM_TOTAL.matcher(jcmd("GC.class_histogram"));
        if (!total.find()) {
            throw new IOException("No total in the class histogram of " + peer);
        }
        return Long.parseLong(total.group(1));
    }

    /** Gives its JVM a diagnostic command and returns the answer. */
    public String jcmd(String command) throws IOException, InterruptedException {
        var jcmd = java.resolveSibling("jcmd").toString();
        return processes.run(List.of(jcmd, Long.toString(process.pid()), command));
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        processes.stop(process);
    }

    private void awaitFirstAnswer(Path log) throws IOException {
        var deadline = System.nanoTime() + READY_LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(peer + " does not answer; it said:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(address());
            socket.setSoTimeout(READ_LIMIT_MILLIS);
            socket.getOutputStream().write(FIRST_REQUEST);
            return socket.getInputStream().read() == 'H';
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        for (; ; ) {
            try (var probe = new ServerSocket(NEXT_PORT.getAndIncrement(), 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                if (NEXT_PORT.get() > 30_000) {
                    throw taken;
                }
            }
        }
    }
}
