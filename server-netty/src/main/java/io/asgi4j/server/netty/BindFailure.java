package io.asgi4j.server.netty;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/** Why the server cannot listen, in one sentence for the operator that says what to do. */
final class BindFailure {
    private BindFailure() {}

    /** Refuses a name that means no address, before the application is started for nothing. */
    static void checkHost(String host) throws IOException {
        try {
            var unused = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException(
                    "host '%s' is not known: give an address of this machine, for example 127.0.0.1 or 0.0.0.0"
                            .formatted(host),
                    e);
        }
    }

    static IOException explain(Options options, IOException cause) {
        if (!options.get(ServerOptions.FD).isEmpty()) {
            return new IOException("cannot listen on an inherited socket: " + cause.getMessage(), cause);
        }
        var host = options.get(ServerOptions.HOST);
        var port = options.get(ServerOptions.PORT);
        // the transports throw exceptions of different types; what they share are the system's words
        var reason = firstCause(cause);
        if (reason.contains("Address already in use")) {
            return new IOException(
                    "port %d on %s is already in use: stop the program that listens there, or choose another port"
                            .formatted(port, host),
                    cause);
        }
        if (reason.contains("Permission denied")) {
            return new IOException(
                    ("port %d needs a right that this user does not have: choose a port from 1024 up, "
                                    + "or grant the process CAP_NET_BIND_SERVICE")
                            .formatted(port),
                    cause);
        }
        if (reason.contains("assign requested address")) {
            return new IOException(
                    "%s is not an address of this machine: give one that is, or 0.0.0.0 for all".formatted(host),
                    cause);
        }
        return new IOException("cannot listen on port %d of %s: %s".formatted(port, host, reason), cause);
    }

    private static String firstCause(Throwable failure) {
        var cause = failure.getCause();
        return cause == null ? Objects.requireNonNullElse(failure.getMessage(), failure.toString()) : firstCause(cause);
    }
}
