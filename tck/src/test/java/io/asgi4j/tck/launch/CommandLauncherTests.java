package io.asgi4j.tck.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.control.ControlClient;
import io.asgi4j.tck.scenario.Start;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.TraceEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Commands of a POSIX system, and uvicorn, which CI installs. */
final class CommandLauncherTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String UVICORN = "/usr/bin/uvicorn tck_app:app --port {port}";

    @Test
    void aCommandWithoutAPortIsRefused() {
        var failure = assertThrows(LaunchException.class, () -> launcher("uvicorn tck_app:app", LIMIT));

        assertEquals("write {port} into the command where the port belongs: uvicorn tck_app:app", failure.getMessage());
    }

    @Test
    void aProgramThatIsNotInstalledIsToldAtOnce() {
        var message = failure("no-such-program {port}", LIMIT).getMessage();

        assertTrue(String.valueOf(message)
                .startsWith("the command cannot be run; look whether its first word is an installed program: "));
    }

    @Test
    void aCommandThatDiesShowsWhatItPrinted() {
        var failure = failure("sh -c 'echo out of luck; exit 7' {port}", LIMIT);

        assertTrue(failure.isRefused());
        var message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith("the command ended with status 7 before anybody listened on port "), message);
        assertTrue(message.endsWith("it printed:\nout of luck"), message);
    }

    @Test
    void aPortThatNeverOpensIsGivenUp() {
        var failure = failure("sh -c 'sleep 600' {port}", Duration.ofSeconds(1));

        assertFalse(failure.isRefused());
        assertTrue(
                String.valueOf(failure.getMessage()).contains("within 1 s; look whether the command uses {port}"),
                failure::getMessage);
    }

    @Test
    void aServerStopsGracefullyAndItsLifespanCanBeRead() throws Exception {
        var server = launcher(UVICORN, LIMIT).launch(StartOptions.DEFAULT, Script.LIFESPAN);
        try {
            var hello = new ControlClient(server.baseUri()).hello();
            assertEquals("asgi4j-tck-python", hello.application());
            server.stop();

            assertEquals(
                    List.of(
                            "lifespan",
                            "lifespan.startup",
                            "lifespan.startup.complete",
                            "lifespan.shutdown",
                            "lifespan.shutdown.complete",
                            ""),
                    server.lifespan().stream().map(TraceEntry::eventType).toList());
            assertTrue(server.output().contains("Application shutdown complete"), server::output);
        } finally {
            server.kill();
        }
    }

    @Test
    void aServerThatEndsByItselfTellsItsStatus() throws Exception {
        var server = (CommandServer) launcher(UVICORN, LIMIT).launch(StartOptions.DEFAULT, Script.LIFESPAN);
        try {
            assertEquals(Optional.empty(), server.end());

            server.process().toHandle().destroyForcibly();
            server.process().waitFor();

            assertEquals(Optional.of("its process has ended with status 137"), server.end());
        } finally {
            server.kill();
        }
    }

    private static CommandLauncher launcher(String template, Duration limit) throws LaunchException {
        return new CommandLauncher(new Command(template, Map.of(), ServerInfo.of("server", ""), Set.of()), limit);
    }

    private static LaunchException failure(String template, Duration limit) {
        return assertThrows(
                LaunchException.class,
                () -> launcher(template, limit).launch(Start.USUAL.options(), Start.USUAL.lifespan()));
    }
}
