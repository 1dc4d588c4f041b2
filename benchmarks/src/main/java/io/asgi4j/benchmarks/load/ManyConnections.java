package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.Histogram;
import io.asgi4j.benchmarks.client.HttpClient;
import io.asgi4j.benchmarks.peer.Catalogue;
import io.asgi4j.benchmarks.peer.Feature;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;

/** Hello on so many connections, each with one request on its way; what it costs to open them is not counted. */
record ManyConnections(Description description, int connections) implements Load.Steady {
    static ManyConnections of(int connections) {
        return new ManyConnections(
                Description.cost("connections", connections, "hello, %,d connections", Group.CONNECTIONS), connections);
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

    @Override
    public Sample measure(Server server, Duration duration) throws IOException {
        var latencies = new Histogram();
        try (var clients = new HttpClients(server, Work.HELLO.exchange(server), client -> again(client, latencies))) {
            clients.open(connections);
            var meter = Meter.start(server);
            clients.all().forEach(client -> client.send(System.nanoTime()));
            clients.run(duration);
            return meter.stop(latencies.total()).with(latencies);
        }
    }

    private static void again(HttpClient client, Histogram latencies) {
        var now = System.nanoTime();
        latencies.record(now - client.due());
        client.send(now);
    }
}
