package io.asgi4j.server.netty;

/** Which threads carry the virtual threads that run the application. */
public enum SchedulerMode {
    /** {@link #LOOP} on Java 24 and later where the JVM grants the access it needs, else {@link #SHARED}. */
    AUTO,
    /** The carrier of the event loop that owns the connection: no hand-off between threads, hence about twice the rate. */
    LOOP,
    /** The JVM's default scheduler, which all virtual threads of the process share. */
    SHARED
}
