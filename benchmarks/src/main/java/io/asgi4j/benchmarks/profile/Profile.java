package io.asgi4j.benchmarks.profile;

import io.asgi4j.benchmarks.peer.Peer;

/**
 * Where a peer's time goes.
 *
 * @param cpuMicros processor time of one request, in µs
 */
public record Profile(Peer peer, double cpuMicros, Shares shares) {
    /** Returns what one request takes of a part, in µs. */
    public double micros(Part part) {
        return cpuMicros * shares.of(part);
    }
}
