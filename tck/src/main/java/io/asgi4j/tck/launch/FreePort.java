package io.asgi4j.tck.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that nobody listens on. */
public final class FreePort {
    private FreePort() {}

    /** {@return such a port of the loopback interface, which another program may yet take} */
    public static int find() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port of the loopback interface is free", e);
        }
    }
}
