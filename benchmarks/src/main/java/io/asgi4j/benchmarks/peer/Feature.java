package io.asgi4j.benchmarks.peer;

/** What a load needs of a peer, and not every peer has. */
public enum Feature {
    HTTP,
    FILE,
    WEBSOCKET,
    DEFLATE,
    BROADCAST
}
