package io.asgi4j.tck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.report.Conformance;
import io.asgi4j.tck.report.Report;
import io.asgi4j.tck.report.ReportJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong before anything is judged: a sentence, a status, and a report that holds what was known. */
class BadInputTests {
    private static final String SCENARIO = "HttpRequestBodyTck.aChunkedBodyArrivesDecoded";
    private static final int COULD_NOT_START = 3;
    private static final int USAGE = 2;

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void anAddressWhereNobodyListens() throws IOException {
        var url = "http://127.0.0.1:" + closedPort();
        assertTold(
                COULD_NOT_START,
                "nobody accepts connections at %s; start the server there, or correct the address".formatted(url),
                "--url",
                url);
    }

    @Test
    void aHostThatDoesNotExist() throws IOException {
        assertTold(
                COULD_NOT_START,
                "there is no host host.invalid; look at the address http://host.invalid:8000",
                "--url",
                "http://host.invalid:8000");
    }

    @Test
    void anAddressThatIsNone() throws IOException {
        for (var url : List.of("localhost:8000", "https://localhost", "http://localhost:99999")) {
            assertTold(USAGE, "an address is like http://localhost:8000, not " + url, "--url", url);
        }
    }

    @Test
    void aCommandThatDies() throws IOException {
        assertTold(
                COULD_NOT_START,
                "the command ended with status 7 before anybody listened on port ",
                "--command",
                "sh -c 'echo out of luck; exit 7' {port}");
        assertTrue(readReport().problems().getFirst().endsWith("try it by hand; it printed:\nout of luck"));
    }

    @Test
    void aCommandThatIsNotInstalled() throws IOException {
        assertTold(
                COULD_NOT_START,
                "the command cannot be run; look whether its first word is an installed program: ",
                "--command",
                "no-such-program {port}");
    }

    @Test
    void aCommandWithoutAPort() throws IOException {
        assertTold(USAGE, "write {port} into the command where the port belongs: sleep 600", "--command", "sleep 600");
    }

    @Test
    void aPortThatNeverOpens() throws IOException {
        assertTold(
                COULD_NOT_START,
                "nobody listened on port ",
                "--command",
                "sh -c 'sleep 600' {port}",
                "--start-limit",
                "1");
    }

    @Test
    void anApplicationThatIsTooOld() throws IOException {
        try (var server = serving("200 OK", "{\"protocol\": 0, \"application\": \"asgi4j-tck-python\"}")) {
            assertTold(
                    COULD_NOT_START,
                    "the application at %s speaks version 0 of the control protocol, and this kit version 1; let the server run the application of this kit"
                            .formatted(url(server)),
                    "--url",
                    url(server));
        }
    }

    @Test
    void anApplicationThatIsNotTheKits() throws IOException {
        try (var server = serving("404 Not Found", "nothing here")) {
            assertTold(
                    COULD_NOT_START,
                    "the kit's application is not at %s, where GET /__tck__/hello was answered by 404; let the server run the application of this kit"
                            .formatted(url(server)),
                    "--url",
                    url(server));
        }
    }

    @Test
    void aServerWithSeveralWorkers() throws IOException {
        try (var server = serving("200 OK", "{\"protocol\": 1, \"instance\": \"{worker}\"}")) {
            assertTold(
                    COULD_NOT_START,
                    "the server runs several processes, or has started a new one, and the application of each sees"
                            + " only a part of a scenario: start it with one worker",
                    "--url",
                    url(server));
        }
    }

    @Test
    void aFileOfKnownFailuresThatIsMalformedOrMissing() throws IOException {
        var known = Files.writeString(folder.resolve("known.txt"), "# a comment\nnonsense\n");
        assertTold(
                USAGE,
                known + ":2: write \"scenario-id | part of the failure | reason\"",
                "--known-failures",
                known.toString());
        assertTold(
                USAGE,
                "the file of known failures cannot be read: ",
                "--known-failures",
                folder.resolve("missing.txt").toString());
    }

    @Test
    void anUnknownScenario() throws IOException {
        assertTold(
                USAGE,
                "no scenario, area, profile or requirement with a scenario is called %ss; did you mean %s?"
                        .formatted(SCENARIO, SCENARIO),
                SCENARIO + "s");
    }

    @Test
    void numbersOutOfRange() throws IOException {
        assertTold(USAGE, "--parallel is at least 1, not 0", "--parallel", "0");
        assertTold(USAGE, "--time-factor: ", "--time-factor", "0");
        assertTold(USAGE, "--start-limit is at least 1, not 0", "--start-limit", "0");
        assertTold(USAGE, "--image-port is from 1 to 65535, not 0", "--image", "x", "--image-port", "0");
    }

    @Test
    void namesThatMeanNothing() throws IOException {
        assertTold(USAGE, "there is no option x; there are [root-path,", "--command", "x {port}", "--option", "x=--x");
        assertTold(USAGE, "there is no feature x; there are [http,", "--command", "x {port}", "--feature", "x");
        assertTold(
                USAGE,
                "--command, --url and --image exclude each other",
                "--command",
                "x {port}",
                "--url",
                "http://127.0.0.1");
    }

    @Test
    void aReportThatCannotBeWritten() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertEquals(USAGE, execute("run", SCENARIO, "--report", file.toString()));
        assertTrue(err.toString().startsWith("a file cannot be read or written: "), this::printed);
        assertEquals(USAGE, execute("export", file.toString()));
    }

    @Test
    void aReportThatIsNone() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "{}").toString();
        assertEquals(USAGE, execute("compare", file, file));
        assertEquals(USAGE, execute("compare", file));
        assertEquals(1, execute("verify", file));
        assertTrue(out.toString().contains("the report must not be shown"), this::printed);
    }

    @Test
    void nothingIsServedThatSomebodyElseHasStarted() {
        assertEquals(USAGE, execute("serve", "--url", "http://127.0.0.1:8000"));
        assertTrue(err.toString().startsWith("serve starts a server"), this::printed);
        assertEquals(COULD_NOT_START, execute("serve", "--command", "no-such-program {port}"));
        assertTrue(err.toString().contains("the command cannot be run; "), this::printed);
    }

    /** Runs one scenario by these arguments, and expects a sentence on the terminal and in the report. */
    private void assertTold(int status, String sentence, String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of("run", "--report", folder.resolve("report").toString()));
        command.addAll(List.of(arguments));
        if (!List.of(arguments).contains(SCENARIO + "s")) {
            command.add(SCENARIO);
        }
        assertEquals(status, execute(command.toArray(String[]::new)), this::printed);
        assertTrue(printed().contains(sentence), this::printed);
        assertFalse(printed().contains("\tat "), this::printed);
        var report = readReport();
        assertTrue(report.problems().getFirst().startsWith(sentence), report.problems()::toString);
        assertEquals(Conformance.NOT_JUDGED, report.verdict());
        assertFalse(report.requirements().isEmpty());
        assertFalse(report.scenarios().isEmpty());
    }

    private Report readReport() throws IOException {
        return ReportJson.read(folder.resolve("report").resolve("report.json"));
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Commands.line()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String printed() {
        return out + "\n" + err;
    }

    /** A server that gives every request the same answer, in which {@code {worker}} is another one each time. */
    private static ServerSocket serving(String status, String body) throws IOException {
        var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            for (var worker = 0; !listener.isClosed(); worker++) {
                try (var socket = listener.accept()) {
                    var request = new BufferedReader(new InputStreamReader(socket.getInputStream()));
                    while (!request.readLine().isEmpty()) {
                        continue;
                    }
                    var answer = "HTTP/1.1 %s\r\nconnection: close\r\n\r\n%s"
                            .formatted(status, body.replace("{worker}", "worker " + worker));
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // the test is over, or the client has left
                }
            }
        });
        return listener;
    }

    private static String url(ServerSocket server) {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
