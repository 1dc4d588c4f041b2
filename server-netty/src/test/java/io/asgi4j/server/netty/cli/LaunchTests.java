package io.asgi4j.server.netty.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a process: what it writes, how it stops, and the status it ends with. */
@Timeout(120)
class LaunchTests {
    private static Socket request(int port, String target) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
                        .formatted(target)
                        .getBytes(US_ASCII));
        return socket;
    }

    private static String get(int port, String target) throws IOException {
        try (var socket = request(port, target)) {
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aServerTellsOfItsLifeAndEndsWithZeroAfterASignal(String signal) throws Exception {
        try (var program = LaunchedProgram.run("$Hello", "--lifespan", "on")) {
            var port = program.port();
            assertTrue(get(port, "/").contains("hello application"));
            program.signal(signal);
            assertEquals(0, program.status());
            assertEquals(
                    List.of(
                            "INFO:     Started server process [" + program.pid() + "]",
                            "INFO:     Waiting for application startup.",
                            "INFO:     Application startup complete.",
                            "INFO:     asgi4j running on http://127.0.0.1:" + port + " (Press CTRL+C to quit)",
                            "INFO:     Shutting down",
                            "INFO:     Waiting for application shutdown.",
                            "INFO:     Application shutdown complete.",
                            "INFO:     Finished server process [" + program.pid() + "]"),
                    // the client of the request above may not have left yet when the signal comes
                    program.err().all().stream()
                            .filter(line -> !line.contains("Waiting for connections"))
                            .toList());
        }
    }

    @Test
    void anAddressOfIpVersion6StandsInBrackets() throws Exception {
        try (var program = LaunchedProgram.run("$Hello", "--host", "::1")) {
            program.err().await("asgi4j running on http://\\[::1]:\\d+ ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"systemd", "3"})
    void aServerListensOnTheSocketThatItIsStartedWith(String fd) throws Exception {
        try (var program = LaunchedProgram.activated("$Hello", fd)) {
            assertTrue(get(program.port(), "/").contains("hello application"));
            program.signal("TERM");
            assertEquals(0, program.status());
        }
    }

    @Test
    void requestsAreLoggedOnStandardOutput() throws Exception {
        try (var program = LaunchedProgram.run("$Hello")) {
            get(program.port(), "/greeting?name=x");
            program.out().await("^INFO:     127\\.0\\.0\\.1:\\d+ - \"GET /greeting\\?name=x HTTP/1\\.1\" 200 OK$");
        }
    }

    @Test
    void refusedRequestsAreLoggedToo() throws Exception {
        try (var program = LaunchedProgram.run("$Hello")) {
            get(program.port(), "no-target");
            program.out().await("^INFO:     127\\.0\\.0\\.1:\\d+ - \".*\" 400 Bad Request$");
        }
    }

    @Test
    void linesThatStillWaitAreWrittenAtTheEnd() throws Exception {
        try (var program = LaunchedProgram.run("$Hello")) {
            var port = program.port();
            for (var request = 0; request < 20; request++) {
                get(port, "/");
            }
            program.signal("TERM");
            assertEquals(0, program.status());
            assertEquals(20, program.out().all().size());
        }
    }

    @Test
    void theAccessLogCanBeSwitchedOff() throws Exception {
        try (var program = LaunchedProgram.run("$Hello", "--no-access-log")) {
            get(program.port(), "/");
            program.signal("TERM");
            assertEquals(0, program.status());
            assertEquals(List.of(), program.out().all());
        }
    }

    @Test
    void theLogLevelHidesWhatIsLessSevere() throws Exception {
        try (var program = LaunchedProgram.run("$FailsToStart", "--log-level", "error")) {
            assertEquals(1, program.status());
            assertEquals(
                    List.of("asgi4j: the application could not start: no database"),
                    program.err().all());
        }
    }

    @Test
    void aSecondSignalEndsTheProcessAtOnce() throws Exception {
        try (var program = LaunchedProgram.run("$Hello");
                var client = request(program.port(), "/forever")) {
            program.out().await("forever");
            program.signal("TERM");
            program.err().await("Shutting down");
            program.signal("INT");
            assertEquals(130, program.status());
            assertEquals("", new String(client.getInputStream().readAllBytes(), US_ASCII));
        }
    }

    @Test
    void aRequestThatNeverEndsIsInterruptedAfterTheGracePeriod() throws Exception {
        try (var program = LaunchedProgram.run("$Hello", "--shutdown-timeout", "100ms");
                var client = request(program.port(), "/forever")) {
            program.out().await("forever");
            program.signal("TERM");
            assertEquals(0, program.status());
            assertTrue(client.isConnected());
        }
    }

    @Test
    void aSignalDuringStartUpStopsIt() throws Exception {
        try (var program = LaunchedProgram.run("$NeverStarts")) {
            program.out().await("starting");
            program.signal("TERM");
            assertEquals(0, program.status());
        }
    }

    @Test
    void anApplicationThatCannotStartEndsWithOne() throws Exception {
        try (var program = LaunchedProgram.run("$FailsToStart")) {
            assertEquals(1, program.status());
            program.err().await("^asgi4j: the application could not start: no database$");
        }
    }

    @Test
    void anOccupiedPortEndsWithThree() throws Exception {
        try (var occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var program = LaunchedProgram.run(
                        "$Hello", "--port", Integer.toString(occupant.getLocalPort()), "--lifespan", "off")) {
            assertEquals(3, program.status());
            program.err().await("^asgi4j: port " + occupant.getLocalPort() + " on 127.0.0.1 is already in use: ");
        }
    }

    @Test
    void aLifespanThatFailsLaterEndsWithFour() throws Exception {
        try (var program = LaunchedProgram.run("$FailsLater", "--lifespan", "on")) {
            assertEquals(4, program.status());
            program.err().await("a mistake later");
        }
    }

    @Test
    void optionsComeFromTheEnvironmentAndAFile(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("asgi4j.properties"), "host = ::1\naccess-log = false\n");
        try (var program = LaunchedProgram.jar(
                Map.of("ASGI4J_PORT", "0", "ASGI4J_HOST", "127.0.0.1"),
                "run",
                LaunchedProgram.name("$Hello"),
                "--class-path=" + LaunchedProgram.testClasses(),
                "--config=" + file)) {
            get(program.port(), "/");
            program.signal("TERM");
            assertEquals(0, program.status());
            assertEquals(List.of(), program.out().all());
        }
    }

    @Test
    void argumentsComeFromAFile(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("arguments"), "--port=0\n--no-access-log\n");
        try (var program = LaunchedProgram.jar(
                "run", "@" + file, LaunchedProgram.name("$Hello"), "--class-path", LaunchedProgram.testClasses())) {
            get(program.port(), "/");
            program.signal("TERM");
            assertEquals(0, program.status());
            assertEquals(List.of(), program.out().all());
        }
    }

    @Test
    void aProgramOfItsOwnTakesTheSameOptionsAndNeedsNoLogback() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var number = Integer.toString(port);
        try (var first = LaunchedProgram.program(TestApplications.Program.class, "--port", "1", "--port", number)) {
            first.err().await("SLF4J");
            while (!answers(port)) {
                Thread.onSpinWait();
            }
            try (var second = LaunchedProgram.program(TestApplications.Program.class, "--port", number)) {
                assertEquals(3, second.status());
            }
            first.signal("TERM");
            assertEquals(0, first.status());
        }
    }

    private static boolean answers(int port) throws IOException {
        try {
            return get(port, "/").contains("hello");
        } catch (ConnectException e) {
            return false;
        }
    }

    @Test
    void aTrainingRunAnswersItselfAndEndsWithZero() throws Exception {
        try (var program = LaunchedProgram.jar("train")) {
            assertEquals(0, program.status());
            var requests = String.join("\n", program.out().all());
            assertTrue(requests.contains("\"GET /path?name=value HTTP/1.1\" 200 OK"), requests);
            assertTrue(requests.contains("\"WebSocket /\" [accepted]"), requests);
        }
    }

    @Test
    void helpNamesEveryOptionWithItsDefaultAndEndsWithZero() throws Exception {
        try (var program = LaunchedProgram.jar("run", "--help")) {
            assertEquals(0, program.status());
            var help = String.join("\n", program.out().all());
            for (var option : ServerOptions.all()) {
                var name = option.isSecret()
                        ? option.environmentVariable()
                        : (option.isFlag() ? "--[no-]" : "--") + option.name();
                assertTrue(help.contains(name), name);
            }
            assertTrue(help.contains("--keep-alive-timeout TIME  [75s]"), help);
        }
    }

    @Test
    void theVersionIsOneLine() throws Exception {
        try (var program = LaunchedProgram.jar("--version")) {
            assertEquals(0, program.status());
            assertEquals(1, program.out().all().size());
        }
    }

    @Test
    void nothingAtAllShowsTheUsageAndEndsWithTwo() throws Exception {
        try (var program = LaunchedProgram.jar()) {
            assertEquals(2, program.status());
            program.err().await("^Usage: ");
        }
    }

    private static void assertRefused(String message, String... arguments) throws Exception {
        try (var program = LaunchedProgram.jar(arguments)) {
            assertEquals(2, program.status());
            assertEquals(List.of("asgi4j: " + message), program.err().all());
        }
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearestOne() throws Exception {
        assertRefused(
                "there is no option --prot; did you mean --port? ('java -jar asgi4j.jar run --help' explains)",
                "run",
                "--prot",
                "80",
                "com.example.App");
    }

    @Test
    void anOptionWithoutItsValueIsRefused() throws Exception {
        assertRefused(
                "--port needs a value ('java -jar asgi4j.jar run --help' explains)",
                "run",
                "com.example.App",
                "--port");
    }

    @Test
    void aValueThatIsNotAllowedIsRefused() throws Exception {
        assertRefused(
                "command line: keep-alive-timeout cannot be '75':"
                        + " it takes a time from 1ms to 24h, written like 500ms, 30s, 5m or 1h",
                "run",
                "com.example.App",
                "--keep-alive-timeout",
                "75");
    }

    @Test
    void aMissingApplicationIsRefused() throws Exception {
        assertRefused(
                "no application was named: give its class, for example com.example.App"
                        + " ('java -jar asgi4j.jar run --help' explains)",
                "run");
    }

    @Test
    void anUnknownCommandIsRefused() throws Exception {
        assertRefused(
                "there is no command 'serve'; did you mean 'run'? ('java -jar asgi4j.jar --help' explains)", "serve");
    }

    @Test
    void aSecondApplicationIsRefused() throws Exception {
        assertRefused(
                "'com.example.B' is one argument too many ('java -jar asgi4j.jar run --help' explains)",
                "run",
                "com.example.A",
                "com.example.B");
    }

    @Test
    void aClassThatIsNowhereIsRefused() throws Exception {
        assertRefused(
                "class com.example.App was not found"
                        + " (no class path was given; name the jar or directory with --class-path)",
                "run",
                "com.example.App");
    }
}
