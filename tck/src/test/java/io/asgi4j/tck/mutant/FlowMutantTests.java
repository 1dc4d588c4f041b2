package io.asgi4j.tck.mutant;

import org.junit.jupiter.api.Test;

/** Servers that let one side run ahead of the other. */
final class FlowMutantTests extends MutantTests {
    @Test
    @Breaks(
            value = {"flow.reading-stops", "flow.memory-bounded"},
            patiently = true)
    void aServerThatReadsWhatNobodyReceivesIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofBodies(piece -> "")));
    }
}
