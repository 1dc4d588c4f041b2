package io.asgi4j.tck.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KnownFailuresTests {
    @Test
    void aLineNamesAScenarioAPartOfItsFailureAndAReason() throws IOException {
        var known = parse("# a remark", "", "ATck.one | status 204 | it is slow");

        var entry = known.find("ATck.one").orElseThrow();
        assertEquals(new KnownFailures.Entry(3, "ATck.one", "status 204", "it is slow"), entry);
        assertTrue(known.find("ATck.two").isEmpty());
    }

    @Test
    void aLineOfAnotherFormIsRefusedWithItsNumber() {
        var failure = assertThrows(IOException.class, () -> parse("ATck.one | a | b", "ATck.two | only"));

        assertEquals(
                "known.txt:2: write \"scenario-id | part of the failure | reason\", none of them empty, not \"ATck.two"
                        + " | only\"",
                failure.getMessage());
    }

    @Test
    void aLineWithoutAReasonIsRefused() {
        assertThrows(IOException.class, () -> parse("ATck.one | a | "));
    }

    @Test
    void aScenarioStandsInOneLineOnly() {
        var failure = assertThrows(IOException.class, () -> parse("ATck.one | a | b", "ATck.one | c | d"));

        assertEquals("known.txt:2: ATck.one is already in line 1", failure.getMessage());
    }

    @Test
    void aLineAboutNoScenarioIsAProblem() throws IOException {
        assertEquals(
                List.of("known.txt:1: no scenario is called ATck.one; correct the line or remove it"),
                parse("ATck.one | a | b").unknown(Set.of("ATck.two")));
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        var failure = assertThrows(IOException.class, () -> KnownFailures.read(Path.of("not", "there")));

        assertTrue(String.valueOf(failure.getMessage()).startsWith("the file of known failures cannot be read: "));
    }

    private static KnownFailures parse(String... lines) throws IOException {
        return KnownFailures.parse("known.txt", List.of(lines));
    }
}
