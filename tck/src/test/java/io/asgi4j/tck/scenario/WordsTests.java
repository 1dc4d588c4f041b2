package io.asgi4j.tck.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.tck.script.Value;
import org.junit.jupiter.api.Test;

final class WordsTests {
    @Test
    void halfOfASurrogatePairIsEscapedSinceItHasNoUtf8() {
        assertEquals("\"half \\ud83d, whole \ud83d\ude00\"", Words.of(Value.of("half \ud83d, whole \ud83d\ude00")));
    }

    @Test
    void aPairThatIsCutInTheMiddleIsEscapedToo() {
        var shown = Words.cut("x".repeat(299) + "\ud83d\ude00");

        assertEquals("x".repeat(299) + "\\ud83d…", shown);
    }
}
