package io.asgi4j.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.run.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers side by side. */
class ComparisonTests {
    @Test
    void markdownShowsProfilesAndWhatDiffers() {
        var first = Samples.report("first", Status.PASS, Status.FAIL);
        var second = Samples.report("second", Status.PASS);
        assertEquals("""
            # Conformance of ASGI servers

            | profile | first 4.5 | second 4.5 |
            | --- | --- | --- |
            | core-http | not conformant (1/2) | conformant (1/1) |

            1 of 2 scenarios have the same result everywhere. The others:

            | scenario | first 4.5 | second 4.5 |
            | --- | --- | --- |
            | HttpRequestBodyTck.sampleFAIL | fail | – |
            """, Comparison.of(List.of(first, second)).markdown());
    }

    @Test
    void thePageShowsEveryScenario() {
        var page = Comparison.of(List.of(Samples.report("first", Status.PASS), Samples.report("second", Status.WARN)))
                .html();
        assertTrue(page.contains("<th>first 4.5</th><th>second 4.5</th>"));
        assertTrue(
                page.contains("Sample &lt;PASS&gt;</th><td class=\"pass\">pass</td><td class=\"absent\">–</td>"), page);
    }
}
