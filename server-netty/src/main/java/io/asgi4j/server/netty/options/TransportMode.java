package io.asgi4j.server.netty.options;

/** Which operating-system interface the event loops use. */
public enum TransportMode {
    /** {@link #EPOLL} where its native library loads, else {@link #NIO}. */
    AUTO,
    /** Linux epoll through Netty's native library. */
    EPOLL,
    /** The JDK's own selector, which works everywhere. */
    NIO,
    /** Linux io_uring through Netty's native library. */
    IO_URING
}
