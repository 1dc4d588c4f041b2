package io.asgi4j.tck.run;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.control.ControlClient;
import io.asgi4j.tck.control.ControlException;
import io.asgi4j.tck.launch.InProcessLauncher;
import io.asgi4j.tck.launch.Launcher;
import io.asgi4j.tck.launch.RunningServer;
import io.asgi4j.tck.netty.NettyProvider;
import io.asgi4j.tck.scenarios.Areas;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.Until;
import io.asgi4j.tck.wire.Transcript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Lets bash run every line that is printed, and looks whether the same comes of it as of the scenario. */
@Timeout(240) // runs every scenario there is, one after the other
class CurlLinesTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration TRACE_LIMIT = Duration.ofSeconds(5);
    private static final Pattern SCENARIO = Pattern.compile("/__tck__/scenarios/([A-Za-z0-9_-]+)");

    private static final Pattern AUTHORITY = Pattern.compile("127\\.0\\.0\\.1:[0-9]+");

    /** Enough of the scenarios have lines for the lines to be worth something. */
    private static final int FEWEST = 80;

    private final Launcher launcher = new InProcessLauncher(new NettyProvider(), LIMIT);

    /** What came of requests, however they were sent. */
    private record Effect(List<String> heads, List<String> application) {}

    @Test
    void everyLineDoesWhatItsScenarioDoes() throws Exception {
        var differences = new ArrayList<Executable>();
        try (var session = Session.open(launcher, RunSettings.usual(id -> id))) {
            for (var scenario : Areas.scenarios()) {
                var outcome = session.run(scenario);
                if (!outcome.evidence().curl().isEmpty()) {
                    var expected = new Effect(
                            heads(outcome),
                            application(whole(outcome.evidence().trace().entries())));
                    differences.add(() -> assertEquals(
                            expected.toString(),
                            effect(outcome, session).toString(),
                            () -> scenario.id() + "\n"
                                    + String.join("\n", outcome.evidence().curl())));
                }
            }
            assertTrue(differences.size() >= FEWEST, differences.size() + " scenarios have lines");
            assertAll(differences);
        }
    }

    private Effect effect(Outcome outcome, Session session) throws Exception {
        var lines = outcome.evidence().curl();
        var entries = whole(outcome.evidence().trace().entries()).size();
        if (!outcome.scenario().needsOwnServer()) {
            return effect(lines, session.server().orElseThrow(), entries);
        }
        var start = outcome.scenario().start();
        var server = launcher.launch(start.options(launcher.startOptions()), start.lifespan());
        try {
            var there = server.baseUri().getRawAuthority();
            return effect(
                    lines.stream()
                            .map(line -> AUTHORITY.matcher(line).replaceAll(there))
                            .toList(),
                    server,
                    entries);
        } finally {
            server.kill();
        }
    }

    private static Effect effect(List<String> lines, RunningServer server, int entries) throws Exception {
        var matcher = SCENARIO.matcher(lines.getFirst());
        assertTrue(matcher.find(), lines::toString);
        var control = new ControlClient(server.baseUri());
        var heads = new ArrayList<String>();
        try {
            for (var line : lines) {
                var output = run(line);
                if (!line.contains("/__tck__/")) {
                    heads.addAll(heads(output.lines().map(CurlLinesTests::printable)));
                } else {
                    assertTrue(output.startsWith("HTTP/1.1 20"), () -> line + "\n" + output);
                }
            }
            var trace = await(matcher.group(1), entries, control);
            control.delete(matcher.group(1));
            // The scenario may have ended before the application did.
            return new Effect(heads, application(trace.subList(0, Math.min(entries, trace.size()))));
        } catch (ControlException e) {
            throw new AssertionError("the application does not know the scenario: " + lines, e);
        }
    }

    /** Waits until so much has happened, however many events brought a body, or nothing happens any more. */
    private static List<TraceEntry> await(String scenario, int entries, ControlClient control) throws Exception {
        var trace =
                control.await(scenario, Until.parse("*" + entries), TRACE_LIMIT).entries();
        for (var seen = -1; whole(trace).size() < entries && trace.size() > seen; ) {
            seen = trace.size();
            trace = control.await(scenario, Until.parse("*" + (seen + 1)), TRACE_LIMIT)
                    .entries();
        }
        return whole(trace);
    }

    /** With one event for each body, since bytes come in pieces of any size. */
    private static List<TraceEntry> whole(List<TraceEntry> entries) {
        var whole = new ArrayList<TraceEntry>();
        var inBody = new HashSet<List<Object>>();
        for (var entry : entries) {
            var who = List.<Object>of(entry.call(), entry.fork());
            if (entry.kind() != TraceEntry.Kind.RECEIVED || !entry.eventType().equals("http.request")) {
                inBody.remove(who);
                whole.add(entry);
            } else if (inBody.add(who)) {
                whole.add(entry);
            }
        }
        return whole;
    }

    private static String run(String line) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } finally {
            process.destroyForcibly();
        }
    }

    /** As transcripts have it. */
    private static String printable(String latin1) {
        return latin1.chars()
                .mapToObj(c -> c == '\t' ? "\\t" : c < 0x80 ? Character.toString(c) : "\\x%02x".formatted(c))
                .collect(Collectors.joining());
    }

    private static List<String> heads(Outcome outcome) {
        return heads(outcome.evidence().wire().stream()
                .filter(entry ->
                        entry instanceof Transcript.Data data && data.direction() == Transcript.Direction.RECEIVED)
                .flatMap(entry -> entry.lines().stream())
                .map(line -> line.replace("\\r\\n", "")));
    }

    /** Status lines and fields, without those in which two answers differ, or which are the connection's. */
    private static List<String> heads(Stream<String> lines) {
        var heads = new ArrayList<String>();
        var isHead = false;
        for (var line : (Iterable<String>) lines::iterator) {
            if (line.startsWith("HTTP/1.")) {
                isHead = true;
            }
            if (line.isEmpty()) {
                isHead = false;
            }
            if (isHead
                    && !line.toLowerCase(Locale.ROOT)
                            .matches("(date|connection|transfer-encoding|content-length):.*")) {
                heads.add(line);
            }
        }
        return heads;
    }

    /** Without their order: what was beside each other, or waited for a signal, need not be so if curl asks. */
    private static List<String> application(List<TraceEntry> entries) {
        return entries.stream()
                .map(entry -> "%d %s %s".formatted(entry.call(), entry.kind(), entry.eventType()))
                .sorted()
                .toList();
    }
}
