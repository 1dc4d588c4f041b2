package io.asgi4j.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What every server answers. */
public final class Answers {
    public static final String TEXT = "text/plain";
    public static final String JSON = "application/json";
    public static final String BINARY = "application/octet-stream";

    /** The body for {@code /hello} and {@code /block}. */
    public static final String HELLO = "Hello, world!";

    /** How often {@link #chunk} is sent for {@code /stream}. */
    public static final int CHUNKS = 64;

    /** How long {@code /block} waits. */
    public static final Duration BLOCK = Duration.ofMillis(5);

    /** The largest WebSocket message, for servers whose own limit is smaller. */
    static final int MAX_MESSAGE = 16 * 1024 * 1024;

    private static final int CHUNK_SIZE = 1024;

    private Answers() {}

    /** The body for {@code /hello} and {@code /block}; a new array. */
    public static byte[] hello() {
        return HELLO.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The body for {@code /json}.
     *
     * @param language what the request's {@code accept-language} is; no such value has anything that JSON would escape
     */
    public static String json(String language) {
        return "{\"message\":\"Hello, world!\",\"language\":\"" + language + "\"}";
    }

    /** A part of the body for {@code /stream}; a new array. */
    public static byte[] chunk() {
        return "x".repeat(CHUNK_SIZE).getBytes(StandardCharsets.US_ASCII);
    }
}
