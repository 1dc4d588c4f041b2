package io.asgi4j.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTimeTests {
    @Test
    void userAndSystemTimeOfAProcessAreFoundBehindItsName() {
        var stat = "42 (a (strange) name) S 1 2 3 4 5 6 7 8 9 10 250 50 7 3 20 0 1 0 100 0 0";

        assertEquals(Duration.ofSeconds(3), CpuTime.sum(stat, 14, 15));
        assertEquals(Duration.ofMillis(100), CpuTime.sum(stat, 16, 17));
    }

    @Test
    void theTimeInWhichAProcessorIsIdleDoesNotCount() {
        assertEquals(Duration.ofSeconds(3), CpuTime.busy("cpu0 100 20 80 5000 700 10 40 50 0 0"));
    }

    @Test
    void thisProcessHasUsedSome() throws IOException {
        assertTrue(CpuTime.of(ProcessHandle.current().pid()).isPositive());
    }

    @Test
    void rangesOfProcessorsAreRead() {
        assertEquals(List.of(1, 2, 3, 7), Processors.allowed(List.of("Name:\tjava", "Cpus_allowed_list:\t1-3,7")));
    }
}
