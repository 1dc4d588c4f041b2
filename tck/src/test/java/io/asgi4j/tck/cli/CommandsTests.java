package io.asgi4j.tck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, with server-netty as the server of the class path. */
class CommandsTests {
    private static final String SCENARIO = "HttpRequestBodyTck.aChunkedBodyArrivesDecoded";

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aConformantServerGivesZeroAndThreeReports() throws IOException {
        assertEquals(0, run(), this::printed);
        assertTrue(out.toString().contains("core-http    conformant (1 of 1 passed)"), this::printed);
        for (var name : new String[] {"report.json", "report.html", "junit.xml"}) {
            assertTrue(Files.size(folder.resolve(name)) > 0, name);
        }
        assertEquals(0, execute("compare", report(), report(), "--to", folder.toString()), this::printed);
        assertTrue(Files.size(folder.resolve("comparison.html")) > 0);
    }

    @Test
    void textThatHasNoUtf8IsWrittenAllTheSame() throws IOException {
        var file = folder.resolve("text");
        Commands.write(file, "half a \ud83d pair");
        assertEquals("half a ? pair", Files.readString(file));
    }

    @Test
    void aReportOfOneScenarioIsNotComplete() {
        assertEquals(0, run(), this::printed);
        assertEquals(1, execute("verify", report()));
        assertTrue(out.toString().contains("the report must not be shown"), this::printed);
    }

    @Test
    void aMissingReportIsRed() {
        assertEquals(1, execute("verify", report()));
        assertTrue(out.toString().contains("there is no report " + report()), this::printed);
    }

    @Test
    void anEntryOfTheKnownFailuresThatMatchesNothingFails() throws IOException {
        var known = Files.writeString(folder.resolve("known.txt"), "NoTck.nothing | text | reason\n");
        assertEquals(1, run("--known-failures", known.toString()));
        assertTrue(
                out.toString().contains("PROBLEM " + known + ":1: no scenario is called NoTck.nothing"), this::printed);
    }

    @Test
    void anUnknownOptionIsAWrongUse() {
        assertEquals(2, execute("run", "--nonsense"));
    }

    @Test
    void everyScenarioIsListed() {
        assertEquals(0, execute("list"));
        assertTrue(out.toString().contains(SCENARIO), this::printed);
    }

    @Test
    void scenariosAreListedWithTheirProfiles() {
        assertEquals(0, execute("list"));
        assertTrue(
                out.toString().lines().anyMatch(line -> line.matches("WireHeadTck\\.\\S+ +wire +.*")), this::printed);
    }

    @Test
    void aRuleOfAnRfcIsListedWithItsSection() {
        assertEquals(0, execute("list", "--requirements"));
        assertTrue(
                out.toString().lines().anyMatch(line -> line.matches("wire\\.head\\.folded +MUST +RFC 9112, 5\\.2 +1")),
                this::printed);
    }

    @Test
    void everyRequirementIsListed() {
        assertEquals(0, execute("list", "--requirements"));
        assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("http.request.dechunked ")), this::printed);
    }

    @Test
    void aScenarioAndARequirementAreExplained() {
        assertEquals(0, execute("explain", SCENARIO));
        assertTrue(
                out.toString().contains("A server MUST deliver the body of a chunked request decoded"), this::printed);
        assertEquals(0, execute("explain", "http.request.dechunked"));
        assertTrue(out.toString().contains("  " + SCENARIO), this::printed);
        assertEquals(2, execute("explain", "http.request.dechunkd"));
    }

    @Test
    void theApplicationForPythonAndTheScenariosAreExported() throws IOException {
        assertEquals(0, execute("export", folder.toString()), this::printed);
        assertTrue(Files.readString(folder.resolve("tck_app.py")).contains("\napp = Application("));
        assertTrue(Files.readString(folder.resolve("scenarios.json")).contains(SCENARIO));
    }

    private String report() {
        return folder.resolve("report.json").toString();
    }

    /** Runs one scenario, with a patience that a busy machine may need. */
    private int run(String... more) {
        var arguments = new ArrayList<>(List.of("run", SCENARIO, "--report", folder.toString()));
        arguments.addAll(List.of("--start-limit", "50", "--time-factor", "4"));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Commands.line()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String printed() {
        return out + "\n" + err;
    }
}
