package io.asgi4j.tck.run;

import io.asgi4j.tck.control.ClockOffset;
import io.asgi4j.tck.control.ControlClient;
import io.asgi4j.tck.control.Hello;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.Start;
import io.asgi4j.tck.scenario.TraceView;
import io.asgi4j.tck.script.TraceEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A client that comes before the server has started: it tries to connect until it can, and then asks the application at once what
 * happened in its lifespan call, until it gets an answer. Owned by the thread that began it, apart from the visit itself.
 */
final class EarlyClient implements AutoCloseable {
    private static final String SUBJECT = "early client";
    private static final long POLL_MILLIS = 10;

    private final InetSocketAddress server;
    private final CompletableFuture<Visit> visit = new CompletableFuture<>();
    private final Thread visitor;

    /** When the server took the first connection, on the clock of {@link System#nanoTime}, and what the first answer was. */
    private record Visit(long connectedNanos, Hello hello) {
        /** What had happened by the first connection, as far as the clocks can be compared. */
        TraceView atConnection(ClockOffset clock) {
            var millis = (connectedNanos - clock.epochNanos()) / 1e6 + clock.precisionMillis();
            return view(hello.lifespan().stream().filter(entry -> entry.ms() <= millis));
        }

        TraceView atAnswer() {
            return view(hello.lifespan().stream());
        }

        private static TraceView view(Stream<TraceEntry> entries) {
            return new TraceView(entries.toList(), List.of());
        }
    }

    private EarlyClient(int port) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.visitor = Thread.ofVirtual().name("asgi4j-tck early client").unstarted(this::visit);
    }

    /** Begins to knock on a port of the loopback interface. */
    static EarlyClient knockOn(int port) {
        var client = new EarlyClient(port);
        client.visitor.start();
        return client;
    }

    private void visit() {
        try {
            while (!accepts()) {
                Thread.sleep(POLL_MILLIS);
            }
            var connected = System.nanoTime();
            visit.complete(new Visit(connected, answer()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean accepts() {
        try (var socket = new Socket()) {
            socket.connect(server);
            // where nobody listens yet, a connection may come from the very port to which it goes
            return socket.getLocalPort() != server.getPort();
        } catch (IOException e) {
            return false;
        }
    }

    private Hello answer() throws InterruptedException {
        var control = new ControlClient(
                URI.create("http://%s:%d".formatted(server.getAddress().getHostAddress(), server.getPort())));
        while (true) {
            try {
                return control.hello();
            } catch (IOException e) {
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    /**
     * Looks at what had happened by then, once the server has started.
     *
     * @param clock the application's, as a later answer told it: the first one may have been long on its way
     */
    List<Check> checks(Start start, ClockOffset clock, Duration within) throws InterruptedException {
        try {
            var came = visit.get(within.toMillis(), TimeUnit.MILLISECONDS);
            var checks = new ArrayList<Check>();
            start.atFirstConnection()
                    .forEach(matcher -> checks.add(matcher.check(
                            SUBJECT + ", at its first connection", came.atConnection(clock), Facts.NONE)));
            start.atFirstAnswer()
                    .forEach(matcher ->
                            checks.add(matcher.check(SUBJECT + ", at its first answer", came.atAnswer(), Facts.NONE)));
            return checks;
        } catch (TimeoutException e) {
            return List.of(Check.failed(SUBJECT, "that it gets an answer once the server has started", "it got none"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        visitor.interrupt();
    }
}
