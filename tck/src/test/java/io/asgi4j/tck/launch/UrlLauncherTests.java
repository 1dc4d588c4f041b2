package io.asgi4j.tck.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.run.RunSettings;
import io.asgi4j.tck.run.Session;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UrlLauncherTests {
    private static final ServerInfo INFO = ServerInfo.of("server", "");

    @Test
    void anAddressThatIsNoneIsRefused() {
        var failure = assertThrows(
                LaunchException.class, () -> new UrlLauncher(URI.create("localhost:8000"), INFO, Set.of()));

        assertEquals("an address is like http://localhost:8000, not localhost:8000", failure.getMessage());
    }

    @Test
    void anAddressWhereNobodyListensIsToldInASentence() throws Exception {
        var launcher = new UrlLauncher(URI.create("http://127.0.0.1:" + closedPort()), INFO, Set.of());
        try (var session = Session.open(launcher, RunSettings.usual(id -> id))) {
            assertTrue(
                    session.bootstrapFailure().startsWith("nobody accepts connections at http://127.0.0.1:"),
                    session::bootstrapFailure);
        }
    }

    private static int closedPort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
