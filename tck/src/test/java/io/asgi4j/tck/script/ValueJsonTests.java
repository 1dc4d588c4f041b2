package io.asgi4j.tck.script;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.script.Value.Dict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueJsonTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'text'",
                "'half a pair: \\uD83D'",
                "-9223372036854775808",
                "true",
                "null",
                "[]",
                "{}",
                "{'$utf8':'caf\\u00E9'}",
                "{'$b64':'AP8='}",
                "{'$fill':'ab','$len':65536}",
                "{'$bytes':3,'$sha256':'ba78'}",
                "{'$text':3,'$sha256':'ba78'}",
                "{'$file':'page'}",
                "{'$path':'page'}",
                "{'$repr':'<object>'}",
                "{'type':'http.response.start','headers':[[{'$utf8':'x-a'},{'$utf8':'1'}]]}",
            })
    void whatIsReadIsWrittenTheSame(String json) {
        assertEquals(json.replace('\'', '"'), Json.write(ValueJson.write(Parsed.value(json))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "9223372036854775808",
                "{'$utf8':5}",
                "{'$b64':'?'}",
                "{'$fill':'','$len':5}",
                "{'$fill':'a'}",
                "{'$fill':'a','$len':-1}",
                "{'$fill':'a','$len':67108865}",
                "{'$what':'a'}",
            })
    void whatHasNoMeaningIsRefused(String json) {
        assertThrows(ScriptException.class, () -> Parsed.value(json));
    }

    @Test
    void bytesThatAreNoUtf8AreWrittenInBase64() {
        assertEquals("{\"$b64\":\"/w==\"}", Json.write(ValueJson.write(Value.latin1("\u00ff"))));
    }

    @Test
    void aPatternIsRepeatedUpToTheLength() {
        assertArrayEquals("abcab".getBytes(StandardCharsets.US_ASCII), new Value.Fill("abc", 5).toByteArray());
    }

    @Test
    void bytesAreTheSameInAnyForm() {
        var digested = new Value.DigestedBytes(4, Value.utf8("abab").sha256());
        assertTrue(Value.fill("ab", 4).isSameAs(Value.utf8("abab")));
        assertTrue(digested.isSameAs(Value.fill("ab", 4)));
        assertFalse(digested.isSameAs(Value.utf8("abba")));
    }

    @Test
    void missingKeysHaveTheDefaultsOfAsgi() {
        var event = Dict.empty().with("type", "http.request");
        assertTrue(Defaults.holds(event, Dict.empty().with("more_body", false).with("body", Value.utf8(""))));
        assertFalse(Defaults.holds(event, Dict.empty().with("more_body", true)));
    }
}
