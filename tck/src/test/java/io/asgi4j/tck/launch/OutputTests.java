package io.asgi4j.tck.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class OutputTests {
    private final Output output = new Output();

    @Test
    void markedLinesAreEntriesOfATrace() {
        output.add("INFO: started");
        output.add("asgi4j-tck: {\"scenario\": \"lifespan\", \"seq\": 2, \"ms\": 1.5, \"call\": 0, \"fork\": \"main\","
                + " \"kind\": \"received\", \"event\": {\"type\": \"lifespan.startup\"}}");

        assertEquals("INFO: started", output.text());
        assertEquals("lifespan.startup", output.trace("lifespan").getFirst().eventType());
        assertTrue(output.trace("other").isEmpty());
    }

    @Test
    void aMarkedLineThatIsNoEntryIsForPeople() {
        output.add("asgi4j-tck: hello");

        assertEquals("asgi4j-tck: hello", output.text());
    }

    @Test
    void ofManyLinesTheFirstAndTheLastAreKept() {
        for (var i = 1; i <= 1000; i++) {
            output.add("line " + i);
        }

        var lines = output.text().lines().toList();
        assertEquals("line 1", lines.getFirst());
        assertEquals("… 600 lines left out …", lines.get(200));
        assertEquals("line 1000", lines.getLast());
        assertEquals("line 999\nline 1000", output.end(2));
    }
}
