package io.asgi4j.samples.minimal;

import java.util.Locale;

/** A bound on what a client can send, hold open or delay, or the application at start and end. */
public enum Limit {
    /** Connections at the same time; more wait in the operating system's queue. */
    CONNECTIONS(4_096),
    /** Bytes of a request line, of a header field and of a line in a chunked body. */
    LINE_BYTES(8_192),
    /** Bytes of a request's head, and of the trailers of a body. */
    HEAD_BYTES(32_768),
    /** Header fields of a request. */
    HEAD_FIELDS(128),
    /** From the first byte of a request to the end of its head. */
    HEAD_MILLIS(10_000),
    /** From a response to the next request. */
    IDLE_MILLIS(75_000),
    /** Bytes of a request's body. */
    BODY_BYTES(Integer.MAX_VALUE),
    /** How long one receive waits for bytes of the body. */
    BODY_MILLIS(30_000),
    /** Bytes of a body that the application left unread; more, and the connection is not used again. */
    UNREAD_BYTES(1 << 20),
    /** How long such bytes are waited for, and how long a client may take to read the end of a connection. */
    UNREAD_MILLIS(3_000),
    /** Bytes that came in and wait to be used; not fewer than two lines. */
    INPUT_BYTES(65_536),
    /** Bytes that wait to go out, when send blocks. */
    OUTPUT_BYTES(65_536),
    /** How long a client may leave waiting bytes unread altogether. */
    WRITE_MILLIS(30_000),
    /** Bytes of a WebSocket message. */
    MESSAGE_BYTES(4 << 20),
    /** Messages that came in and wait for receive, whose bytes are fewer than those of one message. */
    MESSAGES(64),
    /** After how much silence a WebSocket client gets a ping. */
    PING_MILLIS(20_000),
    /** How long it may take to answer. */
    PONG_MILLIS(20_000),
    /** How long the server waits for a client's Close frame after its own. */
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

    private final int standard;

    Limit(int standard) {
        this.standard = standard;
    }

    /**
     * Returns the value that holds unless another one is given.
     *
     * @return bytes, milliseconds or a number, as the name says
     */
    public int standard() {
        return standard;
    }

    /**
     * Returns the system property that sets this limit on the command line.
     *
     * @return for example {@code asgi4j.minimal.head-bytes}
     */
    public String property() {
        return "asgi4j.minimal." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
