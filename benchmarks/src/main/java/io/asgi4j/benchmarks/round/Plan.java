package io.asgi4j.benchmarks.round;

import io.asgi4j.benchmarks.load.Load;
import io.asgi4j.benchmarks.peer.Peer;
import java.time.Duration;
import java.util.List;

/** What is measured, how often and how long. */
public record Plan(List<Peer> peers, List<Load> loads, int rounds, Duration warmUp, Duration measurement) {
    public Plan {
        peers = List.copyOf(peers);
        loads = List.copyOf(loads);
    }
}
