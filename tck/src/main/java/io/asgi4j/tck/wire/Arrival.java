package io.asgi4j.tck.wire;

/**
 * What came while a client listened.
 *
 * @param octets the bytes, in order
 * @param ending how the connection stood afterwards
 */
public record Arrival(Octets octets, Ending ending) {
    /** Neither a byte nor the end. */
    public boolean isNothing() {
        return octets.isEmpty() && ending == Ending.OPEN;
    }

    /** The server ended the connection, in whatever way, and sent nothing before. */
    public boolean isOnlyTheEnd() {
        return octets.isEmpty() && isEnd();
    }

    /** The server ended the connection, in whatever way. */
    public boolean isEnd() {
        return ending == Ending.ORDERLY || ending == Ending.RESET;
    }

    @Override
    public String toString() {
        return octets.isEmpty() ? ending.toString() : octets + ", then " + ending;
    }
}
