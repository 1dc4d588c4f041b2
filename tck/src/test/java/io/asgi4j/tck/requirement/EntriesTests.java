package io.asgi4j.tck.requirement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files that say something of each slug. */
class EntriesTests {
    @Test
    void remarksAndEmptyLinesMeanNothing() {
        assertEquals(
                Map.of("a.b", "x = y", "c.d", "z"),
                Entries.parse("f", List.of("# remark", "", "a.b = x = y", "c.d=z")));
    }

    @Test
    void aLineOfAnotherFormIsNamed() {
        assertMalformed("f, line 2: not of the form \"slug = text\": a.b", List.of("", "a.b"));
        assertMalformed("f, line 1: not of the form \"slug = text\": a.b =", List.of("a.b = "));
    }

    @Test
    void noSlugComesTwice() {
        assertMalformed("f, line 2: a.b stands there twice", List.of("a.b = x", "a.b = y"));
    }

    private static void assertMalformed(String message, List<String> lines) {
        assertEquals(
                message,
                assertThrows(MalformedFileException.class, () -> Entries.parse("f", lines))
                        .getMessage());
    }
}
