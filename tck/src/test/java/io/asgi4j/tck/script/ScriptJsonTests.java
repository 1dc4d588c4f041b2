package io.asgi4j.tck.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptJsonTests {
    private static final String EVERY_STEP = """
        {'op':'receive','times':2,'keep':true,'on_failure':'tolerate'},
        {'op':'receive_until','type':'http.request','where':{'more_body':false},'summarise':true,'keep':true,'on_failure':'wrap'},
        {'op':'receive_until','count':3},
        {'op':'send','event':{'type':'http.foo'},'times':5,'summarise':true},
        {'op':'await','signal':'go'},
        {'op':'sleep','ms':10},
        {'op':'raise','failing':'exception','message':'no'},
        {'op':'raise','failing':'error','message':'no'},
        {'op':'return'},
        {'op':'fork','name':'a','steps':[{'op':'return'}]},
        {'op':'fork','name':'b','thread':'platform','steps':[]},
        {'op':'join','fork':'a'},
        {'op':'interrupt','fork':'main'},
        {'op':'connection_await','signal':'disconnected'},
        {'op':'connection_check','signal':'draining'},
        {'op':'connection_on_set','signal':'draining','name':'x','raise':true},
        {'op':'state_put','key':'k','value':[1]},
        {'op':'state_get','key':'k'},
        {'op':'state_remove','key':'k'},
        {'op':'state_append','key':'k','value':'v'},
        {'op':'scope'},
        {'op':'mutate_scope'},
        {'op':'reread'},
        {'op':'file','name':'f','content':{'$fill':'a','$len':9}},
        {'op':'file_check','name':'f'},
        {'op':'repeat','times':2,'steps':[{'op':'scope'}]}\
        """;

    @Test
    void everyStepIsWrittenAsItIsRead() {
        var json = "{'calls':[[%s]],'print':true}"
                .formatted(EVERY_STEP.replace("\n", ""))
                .replace('\'', '"');
        assertEquals(json, Json.write(ScriptJson.write(ScriptJson.parse(json))));
    }

    @Test
    void everyOperationIsNamed() {
        var all = new TreeSet<>(Operations.PORTABLE);
        all.addAll(Operations.JAVA_ONLY);
        assertEquals(all, Parsed.script(EVERY_STEP).operations());
    }

    @Test
    void operationsOfNestedStepsCount() {
        var script = Parsed.script("{'op':'repeat','steps':[{'op':'fork','name':'a','steps':[{'op':'scope'}]}]}");
        assertEquals(Set.of("repeat", "fork", "scope"), script.operations());
    }

    @Test
    void furtherCallsDoAsTheLastOne() {
        var script = ScriptJson.parse("{\"calls\":[[{\"op\":\"return\"}],[{\"op\":\"scope\"}]]}");
        assertEquals(new Step.Return(), script.steps(0).getFirst());
        assertEquals(new Step.TraceScope(), script.steps(1).getFirst());
        assertEquals(new Step.TraceScope(), script.steps(7).getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'op':'receve'}|no operation is called receve",
                "{'times':2}|step: op is missing",
                "{'op':'receive','time':2}|receive: nothing is called time",
                "{'op':'receive','times':'2'}|receive: times must be a whole number",
                "{'op':'receive','times':0}|receive: times 0 is not in the range 1 to 1000000",
                "{'op':'receive','on_failure':'ignore'}|receive: on_failure must be one of [throw, tolerate, wrap]",
                "{'op':'receive_until'}|receive_until: receive_until needs a type or a count",
                "{'op':'send'}|send: event is missing",
                "{'op':'send','event':{'$utf8':'x'}}|{\"$utf8\":\"x\"} is no object with plain keys",
                "{'op':'sleep','ms':60001}|sleep: ms 60001 is not in the range 0 to 60000",
                "{'op':'fork','name':'main','steps':[]}|fork: a fork needs a name other than main",
                "{'op':'file','name':'f','content':'text'}|file: content must be bytes",
            })
    void whatIsNoStepIsRefusedInWords(String step, String message) {
        assertEquals(
                message,
                assertThrows(ScriptException.class, () -> Parsed.script(step)).getMessage());
    }

    @Test
    void scriptsAreBounded() {
        assertThrows(ScriptException.class, () -> Parsed.script("{'op':'return'},".repeat(1000) + "{'op':'return'}"));
        var nested = "{'op':'repeat','steps':[".repeat(9) + "]}".repeat(9);
        assertTrue(assertThrows(ScriptException.class, () -> Parsed.script(nested))
                .getMessage()
                .startsWith("steps may not stand deeper"));
    }

    @Test
    void aScriptNeedsACall() {
        assertThrows(ScriptException.class, () -> ScriptJson.parse("{\"calls\":[]}"));
        assertThrows(ScriptException.class, () -> ScriptJson.parse("{"));
        assertThrows(ScriptException.class, () -> ScriptJson.parse("[]"));
    }
}
