package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.round.LoadResult;
import io.asgi4j.benchmarks.round.Series;
import io.asgi4j.benchmarks.round.Spread;
import java.util.List;
import java.util.Locale;

/** A column of bars: what it shows of a peer, and how the number is written. */
sealed interface Panel {
    String title();

    Spread of(Series series);

    String label(double median);

    /** The two panels that tell most about what the load is about. */
    static List<Panel> of(LoadResult result) {
        var figure = result.load().figure();
        return switch (figure) {
            case THROUGHPUT -> List.of(new Ratio(result, figure), new Absolute(Figure.CPU));
            case P50, P99, P999 -> List.of(new Absolute(Figure.P50), new Absolute(Figure.P99));
            case HEAP_PER_CONNECTION, RESIDENT_PER_CONNECTION ->
                List.of(new Absolute(Figure.HEAP_PER_CONNECTION), new Absolute(Figure.RESIDENT_PER_CONNECTION));
            case FIRST_ANSWER, CPU, RESIDENT -> List.of(new Absolute(figure), new Absolute(Figure.RESIDENT));
            case SERVER_BUSY, GENERATOR_BUSY, OTHERS_BUSY, LATE -> List.of(new Absolute(figure));
        };
    }

    /** In relation to bare Netty. */
    record Ratio(LoadResult result, Figure figure) implements Panel {
        @Override
        public String title() {
            return figure.unit() + ", bare Netty is 1";
        }

        @Override
        public Spread of(Series series) {
            return result.ratio(series.peer(), figure);
        }

        @Override
        public String label(double median) {
            return String.format(Locale.ROOT, "%.2f", median);
        }
    }

    /** In the figure's own unit. */
    record Absolute(Figure figure) implements Panel {
        @Override
        public String title() {
            return figure.unit();
        }

        @Override
        public Spread of(Series series) {
            return series.spread(figure);
        }

        @Override
        public String label(double median) {
            return Numbers.of(figure, median);
        }
    }
}
