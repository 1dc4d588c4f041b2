package io.asgi4j.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkTests {
    private static final String OUTPUT = """
        Running 2s test @ http://127.0.0.1:20001/
          1 threads and 64 connections
          409600 requests in 2.00s, 58.59MB read
        Requests/sec: 204800.00
        totals duration=2000000 requests=409600 bytes=61440000 connect=1 read=2 write=3 status=4 timeout=5 p50=310 p99=1200 p99.9=2500
        """;

    @Test
    void theTotalsAreExact() throws IOException {
        var totals = Wrk.Totals.parse(OUTPUT);

        assertEquals(409_600, totals.requests());
        assertEquals(61_440_000, totals.bytes());
        assertEquals(2, totals.seconds());
        assertEquals(0.31, totals.millis("p50"));
        assertEquals(2.5, totals.millis("p99.9"));
    }

    @Test
    void everyKindOfErrorCounts() throws IOException {
        assertEquals(15, Wrk.Totals.parse(OUTPUT).errors());
    }

    @Test
    void whatWrkSaysInsteadOfTotalsIsReported() {
        var failure = assertThrows(IOException.class, () -> Wrk.Totals.parse("unable to connect to 127.0.0.1:1"));

        assertEquals("wrk printed no totals:\nunable to connect to 127.0.0.1:1", failure.getMessage());
    }
}
