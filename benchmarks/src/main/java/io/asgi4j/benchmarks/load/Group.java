package io.asgi4j.benchmarks.load;

/** Loads that stand together in the report. */
public enum Group {
    HTTP("HTTP/1.1"),
    WEBSOCKET("WebSocket"),
    LATENCY("Latency at a fixed rate"),
    CONNECTIONS("Cost of a request over the number of connections"),
    REQUESTS("Cost of a request over the number of requests on a connection"),
    MEMORY("Memory of idle WebSockets"),
    START("Start-up");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
