package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.round.LoadResult;
import io.asgi4j.benchmarks.round.Series;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How a figure changes with the size of a load: a line for each peer, over a logarithmic axis. */
final class LineChart {
    private static final double WIDTH = 740;
    private static final double LEFT = 40;
    private static final double RIGHT = 620;
    private static final double TOP = 48;
    private static final double BOTTOM = 248;
    private static final double LEADING = 17;

    private final List<LoadResult> results;
    private final Figure figure;
    private final Scale scale;
    private final Svg svg;

    private LineChart(String title, List<LoadResult> results) {
        this.results = results;
        this.figure = results.getFirst().load().figure();
        this.scale = Scale.over(
                results.stream()
                        .flatMap(result -> result.series().stream())
                        .map(series -> series.spread(figure).max())
                        .toList(),
                BOTTOM - TOP);
        this.svg = new Svg(WIDTH, BOTTOM + 30, title);
        svg.text(0, 14, "title", title).text(0, 36, "quiet", figure.unit());
    }

    /** Draws loads that differ in their size only. */
    static String draw(String title, List<LoadResult> results) {
        var chart = new LineChart(title, results);
        chart.axes();
        var peers = results.getFirst().series().stream().map(Series::peer).toList();
        peers.forEach(chart::line);
        chart.names(peers);
        return chart.svg.toString();
    }

    private void axes() {
        for (int part = 0; part <= 4; part++) {
            var value = scale.top() * part / 4;
            svg.line(LEFT, y(value), RIGHT, y(value), "axis");
            svg.text(LEFT - 6, y(value) + 4, "quiet end", Numbers.of(figure, value));
        }
        for (var result : results) {
            svg.text(
                    x(result),
                    BOTTOM + 18,
                    "quiet middle",
                    String.format(Locale.ROOT, "%,d", result.load().size()));
        }
    }

    private void line(String peer) {
        var known = results.stream()
                .filter(result -> result.of(peer).spread(figure).isKnown())
                .toList();
        for (int i = 0; i < known.size(); i++) {
            var here = known.get(i);
            if (i > 0) {
                var before = known.get(i - 1);
                svg.line(x(before), y(before, peer), x(here), y(here, peer), "line " + Look.of(peer));
            }
            svg.dot(x(here), y(here, peer), Look.of(peer));
        }
    }

    /** Names the lines at their ends, one below the other. */
    private void names(List<String> peers) {
        var last = results.getLast();
        var below = TOP;
        for (var peer : peers.stream()
                .sorted(Comparator.comparingDouble(peer -> y(last, peer)))
                .toList()) {
            below = Math.max(below, y(last, peer));
            svg.text(RIGHT + 10, below + 4, "", peer);
            below += LEADING;
        }
    }

    private double x(LoadResult result) {
        var first = Math.log(results.getFirst().load().size());
        var last = Math.log(results.getLast().load().size());
        return LEFT + (RIGHT - LEFT) * (Math.log(result.load().size()) - first) / Math.max(last - first, 1);
    }

    private double y(LoadResult result, String peer) {
        return y(result.of(peer).spread(figure).median());
    }

    private double y(double value) {
        return BOTTOM - scale.of(value);
    }
}
