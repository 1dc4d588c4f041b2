package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.round.LoadResult;
import io.asgi4j.benchmarks.round.Spread;
import java.io.PrintStream;
import java.util.Locale;

/** What a run tells while it goes on. */
public final class Console {
    private final PrintStream out;

    public Console(PrintStream out) {
        this.out = out;
    }

    public void say(String line) {
        out.println(line);
    }

    public void print(LoadResult result) {
        out.printf("%n%s%n", result.title());
        out.printf(
                "  %-14s %10s %20s %10s %8s %8s %8s %8s %6s %6s%n",
                "", "requests/s", "of netty", "CPU µs", "of netty", "p50 ms", "p99 ms", "RSS MiB", "busy", "gen.");
        for (var series : result.series()) {
            if (series.failed()) {
                out.printf("  %-14s %s%n", series.peer(), series.failure());
                continue;
            }
            out.printf(
                    Locale.ROOT,
                    "  %-14s %,10.0f %20s %10.2f %8.2f %8.2f %8.2f %8.0f %5.0f%% %5.0f%%  %s%n",
                    series.peer(),
                    series.spread(Figure.THROUGHPUT).median(),
                    ratio(result.ratio(series.peer(), Figure.THROUGHPUT)),
                    series.spread(Figure.CPU).median(),
                    result.ratio(series.peer(), Figure.CPU).median(),
                    series.spread(Figure.P50).median(),
                    series.spread(Figure.P99).median(),
                    series.spread(Figure.RESIDENT).median(),
                    100 * series.spread(Figure.SERVER_BUSY).median(),
                    100 * series.spread(Figure.GENERATOR_BUSY).median(),
                    series.remark());
        }
        out.println();
    }

    private static String ratio(Spread ratio) {
        return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", ratio.median(), ratio.min(), ratio.max());
    }
}
