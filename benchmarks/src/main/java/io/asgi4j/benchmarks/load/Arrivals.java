package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.Histogram;
import io.asgi4j.benchmarks.client.HttpClient;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.SplittableRandom;

/**
 * Requests that are due at random times, whatever the server does; belongs to the thread of the connections.
 *
 * <p>A latency begins when its request was due, not when it was sent.
 */
final class Arrivals {
    private static final long SEED = 1;

    private final double meanGap;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final ArrayDeque<HttpClient> idle = new ArrayDeque<>();

    /** When those were due that found no idle connection. */
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();

    private final Histogram latencies = new Histogram();
    private final Histogram delays = new Histogram();
    private int connections;
    private double next;

    /** So many requests per second. */
    Arrivals(double rate) {
        meanGap = 1e9 / rate;
    }

    void begin(Collection<HttpClient> clients) {
        connections = clients.size();
        idle.addAll(clients);
        next = System.nanoTime();
    }

    /** Sends what is due by now. */
    void sendUntil(long now) {
        for (; next <= now; next -= meanGap * Math.log(1 - random.nextDouble())) {
            var client = idle.poll();
            if (client == null) {
                waiting.add((long) next);
            } else {
                delays.record(now - (long) next);
                client.send((long) next);
            }
        }
    }

    /** Takes note of an answer and sends the request that waits the longest. */
    void answered(HttpClient client) {
        latencies.record(System.nanoTime() - client.due());
        var due = waiting.poll();
        if (due == null) {
            idle.add(client);
        } else {
            client.send(due);
        }
    }

    /** Whether every request is answered. */
    boolean isSettled() {
        return idle.size() == connections;
    }

    Histogram latencies() {
        return latencies;
    }

    /** How late requests were sent for which there was an idle connection: the generator's own part of the latencies. */
    Histogram delays() {
        return delays;
    }
}
