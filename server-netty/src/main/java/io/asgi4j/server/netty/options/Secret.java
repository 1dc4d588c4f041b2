package io.asgi4j.server.netty.options;

/**
 * A text that no log and no help shows.
 *
 * @param value may be empty, which stands for none
 */
public record Secret(String value) {

    /** {@return whether there is none} */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** Returns asterisks in place of the value. */
    @Override
    public String toString() {
        return value.isEmpty() ? "" : "***";
    }
}
