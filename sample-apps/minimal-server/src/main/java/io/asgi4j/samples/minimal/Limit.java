package io.asgi4j.samples.minimal;

/** A bound on what a client can send, hold open or delay, or the application at its start and end. */
public enum Limit {
    /** Connections at the same time; more wait in the operating system's queue. */
    CONNECTIONS(4_096),
    /** From the end of a response to the next request. */
    IDLE_MILLIS(75_000),
    /** From the first byte of a request to the end of its head. */
    HEAD_MILLIS(10_000),
    /** Bytes of a request line, of a header field and of a line in a chunked body. */
    LINE_BYTES(8_192),
    /** Bytes of a request's head, and of the trailers of a body. */
    HEAD_BYTES(32_768),
    /** Header fields of a request. */
    HEAD_FIELDS(128),
    /** How long a client may pause within a body. */
    BODY_MILLIS(30_000),
    /** Bytes of a body that wait for {@code receive}; then the server stops to read. */
    BODY_BYTES(65_536),
    /** Bytes that wait to go out; then {@code send} blocks. */
    OUTPUT_BYTES(65_536),
    /** How long a client may read nothing of them. */
    WRITE_MILLIS(30_000),
    /** Bytes that a client may still send while it reads the last response of its connection. */
    UNREAD_BYTES(1 << 20),
    /** How long it may do so. */
    UNREAD_MILLIS(3_000),
    /** Bytes of a WebSocket message. */
    MESSAGE_BYTES(4 << 20),
    /** Messages that wait for {@code receive}; their bytes together are about those of one message at most. */
    MESSAGES(64),
    /** After how much silence a WebSocket client gets a ping. */
    PING_MILLIS(20_000),
    /** How long it may take to answer. */
    PONG_MILLIS(20_000),
    /** How long the server waits for the client's Close frame after its own. */
    CLOSE_MILLIS(5_000),
    /** How long the application may take to start. */
    STARTUP_MILLIS(60_000),
    /** How long a request that was on its way is waited for on an idle connection at the shutdown. */
    LATE_MILLIS(200),
    /** How long exchanges and calls may go on after the shutdown began. */
    GRACE_MILLIS(10_000),
    /** How long calls may go on after they were interrupted. */
    INTERRUPTED_MILLIS(1_000),
    /** How long the application may take to shut down. */
    SHUTDOWN_MILLIS(60_000);

    final int standard;

    Limit(int standard) {
        this.standard = standard;
    }
}
