package io.asgi4j.tck.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.control.ControlException;
import io.asgi4j.tck.control.TraceSnapshot;
import io.asgi4j.tck.script.Operations;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The application behind a server, controlled as a driver does. */
class TckApplicationTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Script OK = script("""
        {"op":"send","event":{"type":"http.response.start","status":200}},
        {"op":"send","event":{"type":"http.response.body","body":{"$utf8":"fine"}}}\
        """);

    private final RunningApplication application;

    TckApplicationTests() throws Exception {
        application = RunningApplication.inJava();
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
    }

    private static Script script(String steps) {
        return ScriptJson.parse("{\"calls\":[[" + steps + "]]}");
    }

    private TraceSnapshot ended(String id) throws Exception {
        var trace = application.control().await(id, Until.callEnded(), LIMIT);
        assertTrue(trace.satisfied(), () -> "the call does not end: " + trace);
        return trace;
    }

    @Test
    void itSaysWhatItIs() throws Exception {
        var hello = application.control().hello();
        var operations = new HashSet<>(Operations.PORTABLE);
        operations.addAll(Operations.JAVA_ONLY);
        assertEquals("asgi4j-tck-java", hello.application());
        assertEquals("2.5", hello.specVersion());
        assertEquals(operations, hello.operations());
        assertEquals(hello.instance(), application.control().hello().instance());
    }

    @Test
    void startUpStandsInHello() throws Exception {
        var events = application.control().hello().lifespan().stream()
                .map(entry -> entry.eventType())
                .toList();
        assertEquals("[lifespan, lifespan.startup, lifespan.startup.complete]", events.toString());
    }

    @Test
    void shutdownIsPrinted() throws Exception {
        application.close();
        assertTrue(application.lines().stream().anyMatch(line -> line.contains("lifespan.shutdown.complete")));
    }

    @Test
    void itsClockIsTheDriversClock() throws Exception {
        var before = System.nanoTime();
        application.control().install("a", OK);
        var clock = application.control().hello().clock();
        application.get("/t/a");
        var entry = ended("a").entries().getFirst();
        var slack = (long) (clock.precisionMillis() * 1e6) + 2_000;
        assertTrue(clock.toNanos(entry.ms()) >= before - slack);
        assertTrue(clock.toNanos(entry.ms()) <= System.nanoTime() + slack);
    }

    @Test
    void aRequestGetsTheScriptThatItsPathNames() throws Exception {
        application.control().install("a", OK);
        assertTrue(application.get("/t/a/deeper?x").endsWith("\r\n\r\n4\r\nfine\r\n0\r\n\r\n"));
        assertEquals(
                "[SCOPE, SENT, SENT, RETURNED]",
                ended("a").entries().stream()
                        .map(entry -> entry.kind())
                        .toList()
                        .toString());
    }

    @Test
    void aRequestWithoutAPathNamesItsScriptInAField() throws Exception {
        application.control().install("a", OK);
        var answer =
                application.exchange("OPTIONS * HTTP/1.1\r\nhost: x\r\nx-tck-scenario: a\r\nconnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @Test
    void aRequestOfNoScenarioIsNotFound() throws Exception {
        assertTrue(application.get("/t/nobody").startsWith("HTTP/1.1 404 "));
        assertTrue(application.get("/").startsWith("HTTP/1.1 404 "));
    }

    @Test
    void aWebSocketOfNoScenarioIsDenied() throws Exception {
        var answer = application.exchange("""
            GET /t/nobody HTTP/1.1\r
            host: x\r
            connection: upgrade\r
            upgrade: websocket\r
            sec-websocket-version: 13\r
            sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r
            \r
            """);
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    }

    @Test
    void itMayBeMounted() throws Exception {
        try (var mounted = RunningApplication.inJava("/app")) {
            mounted.control().install("a", OK);
            assertTrue(mounted.get("/t/a").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void aSignalLetsTheScriptGoOn() throws Exception {
        application.control().install("a", script("{\"op\":\"await\",\"signal\":\"go\"},{\"op\":\"return\"}"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> application.get("/t/a"));
            var waiting = application.control().await("a", Until.kind(Kind.SCOPE), LIMIT);
            assertEquals(1, waiting.entries().size());
            application.control().signal("a", "go");
            assertTrue(answer.get().startsWith("HTTP/1.1 500 "));
        }
    }

    @Test
    void aWaitThatIsNotSatisfiedEndsInTime() throws Exception {
        application.control().install("a", OK);
        var trace = application.control().await("a", Until.callEnded(), Duration.ofMillis(20));
        assertTrue(!trace.satisfied() && trace.entries().isEmpty());
    }

    @Test
    void manyScenariosRunAtTheSameTime() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<String>>();
            for (int i = 0; i < 20; i++) {
                var id = "s" + i;
                application.control().install(id, script("{\"op\":\"await\",\"signal\":\"go\"}," + steps(i)));
                answers.add(threads.submit(() -> application.get("/t/" + id)));
            }
            for (int i = 19; i >= 0; i--) {
                application.control().signal("s" + i, "go");
                var answer = answers.get(i).get();
                assertTrue(answer.contains("answer " + i), answer);
            }
        }
    }

    private static String steps(int number) {
        return """
            {"op":"send","event":{"type":"http.response.start","status":200}},
            {"op":"send","event":{"type":"http.response.body","body":{"$utf8":"answer %d"}}}\
            """.formatted(number);
    }

    @Test
    void aDeletedScenarioIsGone() throws Exception {
        application.control().install("a", OK);
        application.control().delete("a");
        assertTrue(application.get("/t/a").startsWith("HTTP/1.1 404 "));
        assertThrows(ControlException.class, () -> application.control().trace("a"));
    }

    @Test
    void anIdIsUsedOnce() throws Exception {
        application.control().install("a", OK);
        assertTrue(
                assertThrows(ControlException.class, () -> application.control().install("a", OK))
                        .getMessage()
                        .contains("409"));
    }

    @Test
    void theLifespanCannotBeReplacedOrDeleted() {
        assertThrows(ControlException.class, () -> application.control().install(Scenarios.LIFESPAN, OK));
        assertThrows(ControlException.class, () -> application.control().delete(Scenarios.LIFESPAN));
    }

    @Test
    void scenariosAreBounded() throws Exception {
        for (int i = 1; i < Scenarios.MAX_SCENARIOS; i++) {
            application.control().install("s" + i, OK);
        }
        assertTrue(
                assertThrows(ControlException.class, () -> application.control().install("one-more", OK))
                        .getMessage()
                        .contains("429"));
    }

    @Test
    void whatIsNoScriptIsRefusedInWords() throws Exception {
        var answer = application.exchange(
                "PUT /__tck__/scenarios/a HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}");
        assertTrue(
                answer.startsWith("HTTP/1.1 400 ") && answer.endsWith("{\"error\":\"script: calls is missing\"}"),
                answer);
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertTrue(application.get("/__tck__/nothing").startsWith("HTTP/1.1 404 "));
        assertTrue(application.get("/__tck__/scenarios/a").startsWith("HTTP/1.1 405 "));
        assertTrue(application.get("/__tck__/scenarios/a/trace").startsWith("HTTP/1.1 404 "));
    }
}
