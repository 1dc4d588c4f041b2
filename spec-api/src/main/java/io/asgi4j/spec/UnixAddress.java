package io.asgi4j.spec;

import java.util.Objects;

/**
 * An end of a connection over a unix domain socket.
 *
 * @param path the path of the socket, empty for an end without a name, as the client's usually is
 */
public record UnixAddress(String path) implements Address {

    /** Checks that the path is there. */
    public UnixAddress {
        Objects.requireNonNull(path, "path");
    }

    /**
     * Returns the path with its kind.
     *
     * @return for example {@code unix:/run/application.sock}
     */
    @Override
    public String toString() {
        return "unix:" + path;
    }
}
