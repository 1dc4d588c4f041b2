package io.asgi4j.tck.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.StartOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CommandTests {
    @Test
    void thePortTakesItsPlace() {
        assertEquals(
                List.of("server", "--bind", "127.0.0.1:4711"),
                command("server --bind 127.0.0.1:{port}").words(4711, Map.of()));
    }

    @Test
    void quotesKeepWordsTogether() {
        assertEquals(
                List.of("sh", "-c", "exec server {}", "it's"),
                command("sh -c 'exec server {}' \"it's\"").words(1, Map.of()));
    }

    @Test
    void anOptionIsAppendedWithItsValue() {
        var command = new Command(
                "server {port}",
                Map.of(StartOption.ROOT_PATH, "--root-path {value}"),
                ServerInfo.of("server", ""),
                Set.of());

        assertEquals(
                List.of("server", "1", "--root-path", "/app"), command.words(1, Map.of(StartOption.ROOT_PATH, "/app")));
    }

    @Test
    void aTimeIsInTheUnitThatTheOptionAsksFor() {
        var command = new Command(
                "server {port}",
                Map.of(
                        StartOption.KEEP_ALIVE_TIMEOUT, "--keep-alive {seconds}",
                        StartOption.GRACE_PERIOD, "--grace {millis}"),
                ServerInfo.of("server", ""),
                Set.of());

        assertEquals(
                List.of("server", "1", "--keep-alive", "0.5"),
                command.words(1, Map.of(StartOption.KEEP_ALIVE_TIMEOUT, "500")));
        assertEquals(
                List.of("server", "1", "--keep-alive", "2"),
                command.words(1, Map.of(StartOption.KEEP_ALIVE_TIMEOUT, "2000")));
        assertEquals(
                List.of("server", "1", "--grace", "500"), command.words(1, Map.of(StartOption.GRACE_PERIOD, "500")));
    }

    private static Command command(String template) {
        return new Command(template, Map.of(), ServerInfo.of("server", ""), Set.of());
    }
}
