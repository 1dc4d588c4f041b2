package io.asgi4j.samples.minimal;

/** What becomes of an application that has no lifespan, or fails for it. */
public enum LifespanMode {
    /** It is served all the same. */
    AUTO,
    /** It is refused. */
    ON,
    /** It is served, as all are, and nobody asks. */
    OFF
}
