package io.asgi4j.server.netty.listener;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A listening socket that whoever started the process has opened for it. Stateless. */
final class InheritedSocket {
    private static final String SYSTEMD = "systemd";
    /** The first descriptor that systemd passes (sd_listen_fds). */
    private static final int FIRST = 3;

    /** O_NONBLOCK of Linux, on every processor that Netty's transport knows. */
    private static final int NON_BLOCKING = 04000;

    private InheritedSocket() {}

    /**
     * Returns the descriptor.
     *
     * @param given a number, or {@code systemd}
     * @throws IOException if systemd has passed no socket to this process, or several
     */
    static int descriptor(String given, Map<String, String> environment) throws IOException {
        if (!given.equals(SYSTEMD)) {
            return Integer.parseInt(given);
        }
        var process = Long.toString(ProcessHandle.current().pid());
        if (!process.equals(environment.get("LISTEN_PID")) || !"1".equals(environment.get("LISTEN_FDS"))) {
            throw new IOException("systemd passed no socket to this process, or several: LISTEN_PID is "
                    + environment.get("LISTEN_PID") + ", LISTEN_FDS is " + environment.get("LISTEN_FDS"));
        }
        return FIRST;
    }

    /**
     * Requires that a descriptor is of a socket that can listen and does not block, and lets it listen.
     *
     * @throws IOException if it is not; the message says what it should be
     */
    static void require(int descriptor, int backlog) throws IOException {
        try {
            new Socket(descriptor).listen(backlog);
        } catch (IOException | ChannelException refused) {
            throw new IOException(
                    "descriptor %d is no socket that can listen (%s)".formatted(descriptor, refused.getMessage()),
                    refused);
        }
        if (!isNonBlocking(descriptor)) {
            throw new IOException("the socket with descriptor %d would block the server: open it with O_NONBLOCK"
                            .formatted(descriptor)
                    + " (systemd: NonBlocking=true in the service)");
        }
    }

    private static boolean isNonBlocking(int descriptor) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor))) {
            if (line.startsWith("flags:")) {
                return (Integer.parseInt(line.substring("flags:".length()).strip(), 8) & NON_BLOCKING) != 0;
            }
        }
        return false;
    }
}
