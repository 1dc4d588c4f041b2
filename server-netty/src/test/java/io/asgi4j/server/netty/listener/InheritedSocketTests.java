package io.asgi4j.server.netty.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InheritedSocketTests {
    private static final String SELF = Long.toString(ProcessHandle.current().pid());

    @BeforeAll
    static void loadTheTransport() {
        Epoll.ensureAvailability();
    }

    /** The sockets of this process, as the system names them, and their descriptors. */
    private static Map<String, Integer> sockets() throws IOException {
        var sockets = new HashMap<String, Integer>();
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            for (var link : open.filter(Files::exists).toList()) {
                var target = Files.readSymbolicLink(link).toString();
                if (target.startsWith("socket:")) {
                    sockets.put(target, Integer.valueOf(link.getFileName().toString()));
                }
            }
        }
        return sockets;
    }

    private static String refusal(int descriptor) {
        var failure = assertThrows(IOException.class, () -> InheritedSocket.require(descriptor, 10));
        return String.valueOf(failure.getMessage());
    }

    @Test
    void aNumberIsADescriptor() throws IOException {
        assertEquals(7, InheritedSocket.descriptor("7", Map.of()));
    }

    @Test
    void systemdPassesTheFirstDescriptorBehindStandardError() throws IOException {
        assertEquals(3, InheritedSocket.descriptor("systemd", Map.of("LISTEN_PID", SELF, "LISTEN_FDS", "1")));
    }

    @Test
    void whatSystemdPassedToAnotherProcessIsNotTaken() {
        assertThrows(
                IOException.class,
                () -> InheritedSocket.descriptor("systemd", Map.of("LISTEN_PID", "1", "LISTEN_FDS", "1")));
        assertThrows(
                IOException.class,
                () -> InheritedSocket.descriptor("systemd", Map.of("LISTEN_PID", SELF, "LISTEN_FDS", "2")));
        assertThrows(IOException.class, () -> InheritedSocket.descriptor("systemd", Map.of()));
    }

    @Test
    void whatIsNoSocketIsRefused() {
        assertTrue(refusal(999_999).startsWith("descriptor 999999 is no socket that can listen"));
        assertTrue(refusal(0).startsWith("descriptor 0 is no socket that can listen"));
    }

    @Test
    void aSocketThatBlocksIsRefused() throws IOException {
        var before = sockets();
        try (var blocking = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var opened = sockets();
            opened.keySet().removeAll(before.keySet());
            assertTrue(
                    opened.values().stream()
                            .allMatch(descriptor -> refusal(descriptor).contains("O_NONBLOCK")),
                    () -> opened + " for " + blocking);
            assertFalse(opened.isEmpty());
        }
    }
}
