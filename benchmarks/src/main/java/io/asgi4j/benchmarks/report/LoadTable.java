package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.peer.Catalogue;
import io.asgi4j.benchmarks.round.LoadResult;
import io.asgi4j.benchmarks.round.Series;
import java.util.ArrayList;
import java.util.List;

/** All figures of one load: a row for each peer. */
final class LoadTable {
    private final LoadResult result;
    private final List<Figure> figures;

    private LoadTable(LoadResult result) {
        this.result = result;
        this.figures = result.figures();
    }

    static String of(LoadResult result) {
        return new LoadTable(result).text();
    }

    private String text() {
        var titles = new ArrayList<String>(List.of("", result.load().figure().unit() + " ÷ Netty's"));
        if (showsCost()) {
            titles.add("CPU ÷ Netty's");
        }
        figures.forEach(figure -> titles.add(figure.unit()));
        var table = new Table(titles);
        result.series().stream().filter(series -> !series.failed()).forEach(series -> table.row(row(series)));
        return table + remarks();
    }

    private List<String> row(Series series) {
        var cells = new ArrayList<String>();
        cells.add(name(series.peer()));
        cells.add(Numbers.spread(result.ratio(series.peer(), result.load().figure())));
        if (showsCost()) {
            cells.add(Numbers.spread(result.ratio(series.peer(), Figure.CPU)));
        }
        for (var figure : figures) {
            cells.add(Numbers.of(figure, series.spread(figure).median()));
        }
        return cells;
    }

    /** Whether the cost is not what the load is about anyway. */
    private boolean showsCost() {
        return figures.contains(Figure.CPU) && result.load().figure() != Figure.CPU;
    }

    private String remarks() {
        var text = new StringBuilder();
        for (var series : result.series()) {
            if (series.failed()) {
                text.append("\n* %s failed: %s".formatted(series.peer(), series.failure()));
            } else if (!series.remark().isEmpty()) {
                text.append("\n* %s: %s".formatted(series.peer(), series.remark()));
            }
        }
        return text.isEmpty() ? "" : text.append('\n').toString();
    }

    static String name(String peer) {
        return peer.equals(Catalogue.LIMIT) || peer.startsWith("asgi4j") ? "**" + peer + "**" : peer;
    }
}
