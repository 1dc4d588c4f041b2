package io.asgi4j.server.netty.options;

/** Whether the server speaks ASGI's lifespan protocol with the application. */
public enum LifespanMode {
    /** The server offers the lifespan scope; an application whose call fails before start-up completed is served without it. */
    AUTO,
    /** The application must complete lifespan start-up, else the server does not start. */
    ON,
    /** The application is never called with a lifespan scope. */
    OFF
}
