package io.asgi4j.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.asgi4j.benchmarks.load.Description;
import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.load.Group;
import io.asgi4j.benchmarks.load.Sample;
import io.asgi4j.benchmarks.report.Floors.Verdict;
import io.asgi4j.benchmarks.round.LoadResult;
import io.asgi4j.benchmarks.round.Series;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FloorsTests {
    @Test
    void throughputMustNotBeLess() throws IOException {
        assertEquals(List.of(true), verdicts("asgi4j.hello.throughput = 0.90"));
        assertEquals(List.of(false), verdicts("asgi4j.hello.throughput = 0.96"));
    }

    @Test
    void costMustNotBeMore() throws IOException {
        assertEquals(List.of(true), verdicts("asgi4j.hello.cpu = 1.2"));
        assertEquals(List.of(false), verdicts("asgi4j.hello.cpu = 1.05"));
    }

    @Test
    void whatWasNotMeasuredFalls() throws IOException {
        assertEquals(List.of(false, false), verdicts("asgi4j.other.cpu = 9\nasgi4j.hello.p99 = 9"));
    }

    @Test
    void aFloorThatCannotBeReadIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> verdicts("hello = 1"));
        assertThrows(IllegalArgumentException.class, () -> verdicts("asgi4j.hello.colour = 1"));
    }

    private static List<Boolean> verdicts(String floors) throws IOException {
        var result = new LoadResult(
                new Description("hello", "hello", Group.HTTP, Figure.THROUGHPUT, 0),
                "today",
                List.of(series("netty", 100, 4), series("asgi4j", 95, 4.4)));
        return Floors.read(new StringReader(floors)).judge(List.of(result)).stream()
                .map(Verdict::holds)
                .toList();
    }

    private static Series series(String peer, double throughput, double cpu) {
        var sample = new Sample(Map.of(Figure.THROUGHPUT, throughput, Figure.CPU, cpu));
        return new Series(peer, "", List.of(sample), "");
    }
}
