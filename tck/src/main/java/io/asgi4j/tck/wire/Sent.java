package io.asgi4j.tck.wire;

/**
 * What became of bytes that a client wrote.
 *
 * @param bytes how many the transport took
 * @param outcome why it were not more
 */
public record Sent(long bytes, Outcome outcome) {
    /** Why a client stopped writing. */
    public enum Outcome {
        /** All were written. */
        ALL,
        /** The server did not read on: nothing more fitted into the buffers for a while. */
        BLOCKED,
        /** The connection had ended. */
        BROKEN
    }

    public boolean isAll() {
        return outcome == Outcome.ALL;
    }
}
