package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Feature;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;

/**
 * What a WebSocket takes of a server's memory once it has echoed a message and does nothing more.
 *
 * <p>Heap is counted after full collections. All of it is in the machine's memory from the start, so that what is resident grows only by what
 * connections take outside the heap: the two figures add up.
 */
record IdleWebSockets(Description description, int connections, boolean deflate) implements Load.Cold {
    private static final int WARM_UP = 1000;
    private static final int SIZE = 32;

    static IdleWebSockets of(String name, String title, int connections, boolean deflate) {
        return new IdleWebSockets(
                new Description(name, title, Group.MEMORY, Figure.HEAP_PER_CONNECTION), connections, deflate);
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.has(Feature.WEBSOCKET) && (!deflate || peer.has(Feature.DEFLATE));
    }

    @Override
    public void prepare(Server.Host host, Peer peer) {
        // each measurement warms its own server
    }

    @Override
    public Sample measure(Server.Host host, Peer peer) throws IOException, InterruptedException {
        var options = new ArrayList<>(Server.JVM_OPTIONS);
        options.add("-XX:+AlwaysPreTouch");
        try (var server = host.start(peer, options)) {
            open(server, WARM_UP).close();
            var heap = server.hasHeap() ? server.liveHeapBytes() : 0;
            var resident = server.residentBytes();
            try (var sockets = open(server, connections)) {
                var grown = new EnumMap<Figure, Double>(Figure.class);
                if (server.hasHeap()) {
                    grown.put(Figure.HEAP_PER_CONNECTION, 1.0 * (server.liveHeapBytes() - heap) / sockets.size());
                }
                grown.put(Figure.RESIDENT_PER_CONNECTION, 1.0 * (server.residentBytes() - resident) / sockets.size());
                return new Sample(grown);
            }
        }
    }

    private Sockets open(Server server, int count) throws IOException {
        var echoes = new Echoes(Messages.ofSize(SIZE, deflate), count, 1);
        var sockets = Sockets.open(server, "/ws", deflate, count, echoes);
        echoes.begin(sockets);
        sockets.runUntil(() -> echoes.count() == count);
        return sockets;
    }
}
