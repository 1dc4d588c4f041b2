package io.asgi4j.samples.minimal;

/** The bounds on what a client can send, hold open or delay, and the application at its start and end. */
enum Limit {
    CONNECTIONS(4_096), // at the same time; more are closed at once
    IDLE_MILLIS(75_000), // from the end of a response to the next request
    CLIENT_MILLIS(10_000), // for which the server waits for a head, or for a Close frame
    LATE_MILLIS(1_000), // for what comes too late: a request in the shutdown, the rest of a body that nobody reads
    HEAD_BYTES(32_768), // of a line, and of all fields
    UNREAD_EVENTS(16), // that wait for receive; then the server stops to read
    UNREAD_BYTES(1 << 20), // that are dropped before a connection is closed
    MESSAGE_BYTES(1 << 20), // of a WebSocket
    GRACE_MILLIS(10_000), // for exchanges and calls in the shutdown
    LIFESPAN_MILLIS(60_000); // for the application's start, and for its end

    final int standard;

    Limit(int standard) {
        this.standard = standard;
    }
}
