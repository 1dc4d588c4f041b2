package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.HttpClient;
import io.asgi4j.benchmarks.peer.Catalogue;
import io.asgi4j.benchmarks.peer.Feature;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;

/** So many hello requests on a connection, sixteen on their way at a time; then on the next connection. */
record LongConnections(Description description, int requests) implements Load.Steady {
    private static final int PIPELINED = 16;

    static LongConnections of(int requests) {
        return new LongConnections(
                Description.cost("requests", requests, "hello, %,d requests on a connection", Group.REQUESTS),
                requests);
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.has(Feature.HTTP) && Catalogue.isOurs(peer);
    }

    @Override
    public String check(Server server) throws IOException {
        Work.HELLO.check(server);
        return "";
    }

    /** Measures at least one connection, even if that takes longer. */
    @Override
    public Sample measure(Server server, Duration duration) throws IOException {
        var exchange = Work.HELLO.exchange(server);
        var progress = new Progress();
        try (var clients = new HttpClients(server, exchange, progress::answered)) {
            var meter = Meter.start(server);
            var end = System.nanoTime() + duration.toNanos();
            do {
                clients.open(1);
                progress.begin(clients.all().getLast());
                clients.runUntil(progress::isComplete);
                clients.closeAll();
            } while (System.nanoTime() < end);
            return meter.stop(progress.total);
        }
    }

    private final class Progress {
        private int sent;
        private int answered;
        private long total;

        void begin(HttpClient client) {
            sent = 0;
            answered = 0;
            while (sent < Math.min(PIPELINED, requests)) {
                send(client);
            }
        }

        void answered(HttpClient client) {
            answered++;
            total++;
            if (sent < requests) {
                send(client);
            }
        }

        boolean isComplete() {
            return answered == requests;
        }

        private void send(HttpClient client) {
            sent++;
            client.send(System.nanoTime());
        }
    }
}
