package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Feature;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hello at a rate of 70 % of what the server can do, from users who do not wait for each other.
 *
 * <p>Requests are due at random times (a Poisson process, the same for all servers), and a latency begins when its request was due, not
 * when it was sent: a server that stops for a while is charged for all that had to wait (no coordinated omission). A
 * request takes an idle connection; if there is none it waits for one.
 */
final class Paced implements Load.Steady {
    private static final Description DESCRIPTION =
            new Description("paced", "hello at 70 % of the peer's maximum, 64 connections", Group.LATENCY, Figure.P99);
    private static final double SHARE = 0.7;
    private static final int CONNECTIONS = 64;
    private static final Duration MAXIMUM_TAKES = Duration.ofSeconds(3);

    private final HttpLoad hello;
    private final Map<Peer, Double> rates = new ConcurrentHashMap<>();

    Paced(Wrk wrk) {
        hello = new HttpLoad(DESCRIPTION, Work.HELLO, CONNECTIONS, 1, wrk);
    }

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.has(Feature.HTTP);
    }

    /** Finds the maximum. */
    @Override
    public String check(Server server) throws IOException, InterruptedException {
        hello.measure(server, MAXIMUM_TAKES);
        var rate = SHARE * hello.measure(server, MAXIMUM_TAKES).get(Figure.THROUGHPUT);
        rates.put(server.peer(), rate);
        return String.format(Locale.ROOT, "%,.0f requests/s", rate);
    }

    @Override
    public Sample measure(Server server, Duration duration) throws IOException {
        var arrivals = new Arrivals(rates.getOrDefault(server.peer(), Double.NaN));
        try (var clients = new HttpClients(server, Work.HELLO.exchange(server), arrivals::answered)) {
            clients.open(CONNECTIONS);
            var meter = Meter.start(server);
            arrivals.begin(clients.all());
            var end = System.nanoTime() + duration.toNanos();
            for (var now = System.nanoTime(); now < end; now = System.nanoTime()) {
                arrivals.sendUntil(now);
                clients.runNow();
            }
            clients.runUntil(arrivals::isSettled);
            return meter.stop(arrivals.latencies().total())
                    .with(arrivals.latencies())
                    .with(Figure.LATE, arrivals.delays().percentile(99) / 1e6);
        }
    }
}
