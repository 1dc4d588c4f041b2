package io.asgi4j.server.netty.options;

/** The parts of the server that options are about, in the order in which the help lists them. */
public enum OptionGroup {
    /** The socket. */
    LISTENING("Listening"),
    /** Encryption, and certificates of the server and of clients. */
    TLS("TLS"),
    /** How the application is called, started and stopped. */
    APPLICATION("Application"),
    /** Event loops and the threads of the application. */
    THREADS("Threads"),
    /** What the log shows. */
    LOGGING("Logging"),
    /** The HTTP protocol, its limits and time-outs. */
    HTTP("HTTP"),
    /** What only HTTP/2 has: streams, windows, control frames. */
    HTTP2("HTTP/2"),
    /** The WebSocket protocol, its limits and time-outs. */
    WEBSOCKET("WebSocket");

    private final String title;

    OptionGroup(String title) {
        this.title = title;
    }

    /** {@return the heading in the help} */
    public String title() {
        return title;
    }
}
