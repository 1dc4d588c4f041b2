package io.asgi4j.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class H2loadTests {
    private static final String OUTPUT = """
        Main benchmark duration is over for thread #0. Stopping all clients.

        finished in 2.00s, 67583.50 req/s, 8.38MB/s
        requests: 135167 total, 135231 started, 135167 done, 135167 succeeded, 0 failed, 0 errored, 0 timeout
        status codes: 135167 2xx, 0 3xx, 0 4xx, 0 5xx
        traffic: 16.76MB (17571710) total, 10.57MB (11083858) headers (space savings 0.00%), 1.68MB (1757197) data
        """;

    @Test
    void theTotalsAreExact() throws IOException {
        assertEquals(new H2load.Totals(2, 135_167, 0, 1_757_197), H2load.Totals.parse(OUTPUT));
    }

    @Test
    void anotherStatusIsAFailure() throws IOException {
        var output = OUTPUT.replace("135167 2xx, 0 3xx", "135160 2xx, 7 3xx").replace("0 failed", "2 failed");

        assertEquals(9, H2load.Totals.parse(output).failed());
    }

    @Test
    void outputWithoutTotalsIsReported() {
        assertThrows(IOException.class, () -> H2load.Totals.parse("unable to connect"));
    }
}
