package io.asgi4j.samples.minimal;

/** The bounds on what a client can send, hold open or delay, and the application at its start and end. */
enum Limit {
    CONNECTIONS(4_096), // at the same time; more wait in the operating system's queue
    IDLE_MILLIS(75_000), // from the end of a response to the next request
    HEAD_MILLIS(10_000), // from the first byte of a request to the end of its head
    LINE_BYTES(8_192), // of the request line, a header field, a line of a chunked body
    HEAD_BYTES(32_768), // of all header fields, and of all trailers
    HEAD_FIELDS(128),
    BODY_MILLIS(30_000), // for which a client may pause within a body
    BODY_BYTES(65_536), // that wait for receive; then the server stops to read
    OUTPUT_BYTES(65_536), // that wait to go out; then send blocks
    WRITE_MILLIS(30_000), // for which a client may read nothing of them
    UNREAD_BYTES(1 << 20), // that a client may send and nobody wants, before the connection is closed
    UNREAD_MILLIS(3_000), // for which it may do so
    MESSAGE_BYTES(4 << 20), // of a WebSocket message, and of those that wait for receive
    MESSAGES(64), // that wait for receive
    PING_MILLIS(20_000), // of silence, after which a WebSocket client gets a ping
    PONG_MILLIS(20_000), // in which it has to answer
    CLOSE_MILLIS(5_000), // for its Close frame after the server's
    STARTUP_MILLIS(60_000), // for the application
    LATE_MILLIS(200), // for requests that are on their way on an idle connection when the shutdown begins
    GRACE_MILLIS(10_000), // for exchanges and calls after that
    INTERRUPTED_MILLIS(1_000), // for calls after they were interrupted
    SHUTDOWN_MILLIS(60_000); // for the application

    final int standard;

    Limit(int standard) {
        this.standard = standard;
    }
}
