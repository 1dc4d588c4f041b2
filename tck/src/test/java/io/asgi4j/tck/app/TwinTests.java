package io.asgi4j.tck.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.control.UnsupportedOperationsException;
import io.asgi4j.tck.script.Defaults;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.Operations;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.Until;
import io.asgi4j.tck.script.Value.Dict;
import io.asgi4j.tck.script.ValueJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application in Java and the one in Python do the same, each behind a server of its language. */
class TwinTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String ANSWER = """
        {'op':'send','event':{'type':'http.response.start','status':200,'headers':[[{'$utf8':'content-length'},{'$utf8':'4'}]]}},
        {'op':'send','event':{'type':'http.response.body','body':{'$utf8':'fine'}}}\
        """;

    private static RunningApplication java;
    private static RunningApplication python;
    private static int scenarios;

    @BeforeAll
    static void start() throws Exception {
        python = RunningApplication.inPython();
        java = RunningApplication.inJava();
    }

    @AfterAll
    static void stop() throws Exception {
        if (java != null) {
            java.close();
        }
        if (python != null) {
            python.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'receive'}," + ANSWER,
                "{'op':'receive_until','type':'http.request','where':{'more_body':false}}," + ANSWER,
                "{'op':'receive_until','type':'http.request','where':{'more_body':false},'summarise':true}," + ANSWER,
                "{'op':'receive_until','count':1,'keep':true},{'op':'reread'}," + ANSWER,
                ANSWER + ",{'op':'receive_until','type':'http.disconnect','summarise':true}",
                "{'op':'raise','message':'scripted'}",
                "{'op':'raise','failing':'io','message':'scripted'}",
                "{'op':'return'},{'op':'scope'}",
                "{'op':'send','event':{'type':'http.response.body'},'on_failure':'tolerate'}," + ANSWER,
                "{'op':'send','event':{'type':'http.foo'},'times':3,'on_failure':'tolerate'}," + ANSWER,
                "{'op':'send','event':{'type':'http.response.body'},'on_failure':'wrap'}",
                """
                    {'op':'fork','name':'a','steps':[{'op':'await','signal':'go'},{'op':'receive'}]},{'op':'join','fork':'a'},
                    """ + ANSWER,
                "{'op':'fork','name':'a','steps':[{'op':'raise','message':'x'}]},{'op':'join','fork':'a'}," + ANSWER,
                "{'op':'repeat','times':2,'steps':[{'op':'repeat','times':2,'steps':[{'op':'file','name':'f','content':{'$utf8':'x'}},{'op':'file_check','name':'f'}]}]},"
                        + ANSWER,
                "{'op':'file','name':'f','content':{'$fill':'abc','$len':100}},{'op':'file_check','name':'f'},"
                        + ANSWER,
                "{'op':'send','event':{'type':'http.response.zerocopysend','file':{'$file':'none'}},'on_failure':'tolerate'},"
                        + ANSWER,
                """
                {'op':'send','event':{'type':'http.response.start','status':200,'headers':[[{'$utf8':'content-length'},{'$utf8':'3000000'}]]}},
                {'op':'send','event':{'type':'http.response.body','body':{'$fill':'ab','$len':100000},'more_body':true},'times':30,'summarise':true},
                {'op':'send','event':{'type':'http.response.body'}}\
                """,
            })
    void aScriptLeavesTheSameTrace(String steps) throws Exception {
        assertEquals(trace(java, steps), trace(python, steps));
    }

    /** Runs a script for a request with the body "hello" and describes what no server may change. */
    private static String trace(RunningApplication application, String steps) throws Exception {
        var id = "twin-" + scenarios++;
        application
                .control()
                .install(
                        id, ScriptJson.parse("{'calls':[[%s]]}".formatted(steps).replace('\'', '"')));
        application.control().signal(id, "go");
        application.exchange(
                "POST /t/%s HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello".formatted(id));
        return ended(application, id);
    }

    private static String install(RunningApplication application, String steps) throws Exception {
        var id = "twin-" + scenarios++;
        application
                .control()
                .install(
                        id, ScriptJson.parse("{'calls':[[%s]]}".formatted(steps).replace('\'', '"')));
        return id;
    }

    private static String ended(RunningApplication application, String id) throws Exception {
        var snapshot = application.control().await(id, Until.callEnded(), LIMIT);
        assertTrue(snapshot.satisfied(), snapshot::toString);
        application.control().delete(id);
        var lines = new ArrayList<String>();
        snapshot.entries().forEach(entry -> lines.add(describe(entry)));
        return String.join("\n", lines);
    }

    @Test
    void aWebSocketLeavesTheSameTrace() throws Exception {
        assertEquals(conversation(java), conversation(python));
    }

    private static String conversation(RunningApplication application) throws Exception {
        var id = install(application, """
            {'op':'receive'},
            {'op':'send','event':{'type':'websocket.accept','headers':[[{'$utf8':'x-a'},{'$utf8':'1'}]]}},
            {'op':'receive_until','type':'websocket.receive','where':{'text':'h\u00e9'}},
            {'op':'send','event':{'type':'websocket.send','bytes':{'$utf8':'fine'}}},
            {'op':'receive_until','type':'websocket.disconnect','summarise':true}\
            """);
        assertEquals("fine", application.converse("/t/" + id, "h\u00e9"));
        return ended(application, id);
    }

    private static String describe(TraceEntry entry) {
        var error = entry.error();
        return "%d %s %s %s %s %s"
                .formatted(
                        entry.call(),
                        entry.fork(),
                        entry.kind(),
                        event(entry),
                        error == null ? "" : error.io(),
                        details(entry));
    }

    private static String event(TraceEntry entry) {
        var event = entry.event();
        if (event == null) {
            return "";
        }
        return switch (entry.kind()) {
            case SCOPE -> "%s %s %s".formatted(event.get("type"), event.get("method"), event.get("http_version"));
            case RECEIVED, REREAD -> sorted(Defaults.fill(event));
            default -> sorted(event);
        };
    }

    /** Without the thread's kind, and without who refused an event, which Java's types may have done. */
    private static String details(TraceEntry entry) {
        return switch (entry.kind()) {
            case SCOPE, SEND_FAILED -> "";
            default -> sorted(entry.details());
        };
    }

    private static String sorted(Dict dict) {
        return Json.write(ValueJson.write(new Dict(new TreeMap<>(dict.entries()))));
    }

    @Test
    void theOneInPythonHasThePortableOperations() throws Exception {
        assertEquals(
                new HashSet<>(Operations.PORTABLE), python.control().hello().operations());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection_await|{'op':'connection_await','signal':'draining'}",
                "connection_check|{'op':'connection_check','signal':'draining'}",
                "connection_on_set|{'op':'connection_on_set','signal':'draining','name':'x'}",
                "fork.platform|{'op':'fork','name':'x','thread':'platform','steps':[]}",
                "interrupt|{'op':'interrupt','fork':'main'}",
                "raise.error|{'op':'raise','failing':'error','message':'x'}",
            })
    void theOneInPythonRefusesWhatOnlyMeansSomethingInJava(String example) {
        var parts = example.split("\\|", -1);
        var script = ScriptJson.parse("{'calls':[[%s]]}".formatted(parts[1]).replace('\'', '"'));
        var refusal = Assertions.assertThrows(
                UnsupportedOperationsException.class, () -> python.control().install("refused", script));
        assertEquals(List.of(parts[0]), refusal.operations());
        assertEquals(Set.of(parts[0]), script.operations());
    }
}
