package io.asgi4j.tck.run;

import io.asgi4j.tck.control.ControlClient;
import io.asgi4j.tck.control.Hello;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.Start;
import io.asgi4j.tck.scenario.TraceView;
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
    private record Visit(long connectedNanos, Hello hello) {}

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
            return true;
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

    /** Looks at what had happened by then, once the server has started. */
    List<Check> checks(Start start, Duration within) throws InterruptedException {
        try {
            var came = visit.get(within.toMillis(), TimeUnit.MILLISECONDS);
            var checks = new ArrayList<Check>();
            start.atFirstConnection()
                    .forEach(matcher ->
                            checks.add(matcher.check(SUBJECT + ", at its first connection", at(came), Facts.NONE)));
            start.atFirstAnswer()
                    .forEach(matcher -> checks.add(matcher.check(
                            SUBJECT + ", at its first answer",
                            new TraceView(came.hello().lifespan(), List.of()),
                            Facts.NONE)));
            return checks;
        } catch (TimeoutException e) {
            return List.of(Check.failed(SUBJECT, "that it gets an answer once the server has started", "it got none"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What had certainly happened when the server took the connection, or may have as far as the clocks can be compared. */
    private static TraceView at(Visit visit) {
        var clock = visit.hello().clock();
        var millis = (visit.connectedNanos() - clock.epochNanos()) / 1e6 + clock.precisionMillis();
        return new TraceView(
                visit.hello().lifespan().stream()
                        .filter(entry -> entry.ms() <= millis)
                        .toList(),
                List.of());
    }

    @Override
    public void close() {
        visitor.interrupt();
    }
}
