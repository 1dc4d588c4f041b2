package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.Message;
import io.asgi4j.benchmarks.peer.Feature;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Text messages that the server sends back; each connection has one on its way at a time. */
record WebSocketEcho(Description description, int connections, boolean deflate, List<Message> messages)
        implements Load.Steady {
    static WebSocketEcho of(String name, String title, int size, boolean deflate) {
        return new WebSocketEcho(
                Description.throughput(name, title, Group.WEBSOCKET), 64, deflate, Messages.ofSize(size, deflate));
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.has(Feature.WEBSOCKET) && (!deflate || peer.has(Feature.DEFLATE));
    }

    @Override
    public String check(Server server) throws IOException {
        var echoes = new Echoes(messages, 1, messages.size());
        try (var sockets = Sockets.open(server, "/ws", deflate, 1, echoes)) {
            echoes.begin(sockets);
            sockets.runUntil(() -> echoes.count() == messages.size());
            var socket = sockets.get(0);
            if (!deflate) {
                return "";
            }
            if (socket.extension().isEmpty()) {
                throw new WrongAnswerException("The server does not compress");
            }
            return socket.extension() + (socket.compressed() ? "" : "; answers of this size are not compressed");
        }
    }

    @Override
    public Sample measure(Server server, Duration duration) throws IOException {
        var echoes = new Echoes(messages, connections, Integer.MAX_VALUE);
        try (var sockets = Sockets.open(server, "/ws", deflate, connections, echoes)) {
            var meter = Meter.start(server);
            echoes.begin(sockets);
            sockets.run(duration);
            return meter.stop(echoes.count()).with(echoes.latencies());
        }
    }
}
