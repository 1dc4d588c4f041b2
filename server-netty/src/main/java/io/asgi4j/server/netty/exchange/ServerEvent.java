package io.asgi4j.server.netty.exchange;

/** What the listener tells its connections, as a user event on their pipelines. */
public enum ServerEvent {
    /** The server stops: serve what is under way, and nothing after it. */
    DRAINING
}
