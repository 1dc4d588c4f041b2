package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.round.LoadResult;
import io.asgi4j.benchmarks.round.Series;
import java.io.PrintStream;
import java.util.List;

/** What a run tells while it goes on. */
public final class Console {
    private final PrintStream out;

    public Console(PrintStream out) {
        this.out = out;
    }

    public void say(String line) {
        out.println(line);
    }

    /** Prints a table: a line for each peer. */
    public void print(LoadResult result) {
        var figures = result.figures();
        out.printf("%n%s%n%-16s%22s", result.load().title(), "", "of netty");
        figures.forEach(figure -> out.printf("%16s", figure.unit()));
        out.println();
        result.series().forEach(series -> print(result, series, figures));
        out.println();
    }

    private void print(LoadResult result, Series series, List<Figure> figures) {
        if (series.failed()) {
            out.printf("%-16sFAILED: %s%n", series.peer(), series.failure());
            return;
        }
        out.printf(
                "%-16s%22s",
                series.peer(),
                Numbers.spread(result.ratio(series.peer(), result.load().figure())));
        figures.forEach(figure ->
                out.printf("%16s", Numbers.of(figure, series.spread(figure).median())));
        out.printf("  %s%n", series.remark());
    }
}
