package io.asgi4j.tck.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value.Dict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UntilTests {
    private static final TraceEntry DISCONNECT = new TraceEntry(
            1, 2.5, 0, "reader", Kind.RECEIVED, Dict.empty().with("type", "http.disconnect"), null, Dict.empty());

    @ParameterizedTest
    @ValueSource(
            strings = {"returned", "ended", "sent*3", "received:http.disconnect", "ended@main*2", "*10", "raised@a-b_1"
            })
    void theTextFormIsWrittenAsItIsRead(String text) {
        assertEquals(text, Until.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sent*", "nothing", "sent*-1", "Sent", "sent&after=1"})
    void otherTextsAreRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Until.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"received", "received:http.disconnect", "received@reader", "*1"})
    void anEntryMatchesWhatItIs(String text) {
        assertTrue(Until.parse(text).matches(DISCONNECT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sent", "ended", "received:http.request", "received@main"})
    void anEntryMatchesNothingElse(String text) {
        assertFalse(Until.parse(text).matches(DISCONNECT));
    }

    @Test
    void theMethodsBuildWhatTheTextSays() {
        assertEquals(Until.parse("ended@main"), Until.callEnded());
        assertEquals(
                Until.parse("received:http.request@a*2"),
                Until.kind(Kind.RECEIVED).of("http.request").in("a").times(2));
    }
}
