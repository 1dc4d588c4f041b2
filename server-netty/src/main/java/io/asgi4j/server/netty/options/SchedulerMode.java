package io.asgi4j.server.netty.options;

/** Which threads carry the virtual threads that run the application. */
public enum SchedulerMode {
    /** {@link #LOOP} on Java 24 and later where the JVM grants the access it needs, else {@link #SHARED}. */
    AUTO,
    /**
     * The carrier of the event loop that owns the connection: no hand-off between threads, hence about twice the rate.
     *
     * <p>For applications that mostly wait: for a socket, a lock, a timer. One that computes for long or reads large
     * files holds up the other connections of its loop meanwhile, which the log reports after a second; and the virtual
     * threads that it starts run on the same carrier. Needs Java 24 and {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
     */
    LOOP,
    /** The JVM's default scheduler, which all virtual threads of the process share and which uses every processor. */
    SHARED
}
