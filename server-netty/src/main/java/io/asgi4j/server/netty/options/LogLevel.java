package io.asgi4j.server.netty.options;

/** The least severe message that the launcher's log shows. */
public enum LogLevel {
    /** Only failures. */
    ERROR,
    /** Also what an operator should look at. */
    WARN,
    /** Also the server's start and stop, and the access log. */
    INFO,
    /** Also why connections and exchanges ended as they did. */
    DEBUG,
    /** Everything, Netty's own messages included. */
    TRACE
}
