package io.asgi4j.benchmarks.load;

/** Loads that belong together in the report. */
public enum Group {
    HTTP,
    WEBSOCKET,
    LATENCY,
    /** The same load for more and more connections. */
    CONNECTIONS,
    /** The same load for more and more requests on a connection. */
    REQUESTS,
    MEMORY,
    START
}
