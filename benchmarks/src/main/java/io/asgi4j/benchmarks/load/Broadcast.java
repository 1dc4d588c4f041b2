package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.Message;
import io.asgi4j.benchmarks.peer.Feature;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One WebSocket's message goes to all, and when all have it, the next one does; a request is one delivery. */
record Broadcast(Description description, int members, List<Message> messages) implements Load.Steady {
    static Broadcast of(String name, String title, int members, int size) {
        return new Broadcast(
                Description.throughput(name, title, Group.WEBSOCKET), members, Messages.ofSize(size, false));
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.has(Feature.BROADCAST);
    }

    @Override
    public String check(Server server) throws IOException {
        measure(server, Duration.ZERO);
        return "";
    }

    @Override
    public Sample measure(Server server, Duration duration) throws IOException {
        var room = new Room(messages, members);
        try (var sockets = Sockets.open(server, "/broadcast", false, members, room)) {
            room.assemble(sockets);
            var meter = Meter.start(server);
            room.converse(sockets, duration);
            return meter.stop(room.deliveries()).with(room.latencies());
        }
    }
}
