package io.asgi4j.spec;

/**
 * An end of a connection over IP.
 *
 * @param host the address, IPv4 or IPv6, as text without brackets; or a host name, where a proxy knows no better
 * @param port the port, 0 to 65535; 0 where it is not known
 */
public record TcpAddress(String host, int port) implements Address {

    /**
     * Checks host and port.
     *
     * @throws IllegalArgumentException if the host is empty or the port not in its range
     */
    public TcpAddress {
        Require.notEmpty(host, "host");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in the range 0 to 65535");
        }
    }

    /**
     * Returns host and port as a URI has them.
     *
     * @return for example {@code 127.0.0.1:8000} or {@code [::1]:8000}
     */
    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
