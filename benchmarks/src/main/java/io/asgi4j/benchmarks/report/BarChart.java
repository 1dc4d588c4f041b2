package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.round.LoadResult;
import io.asgi4j.benchmarks.round.Series;
import java.util.List;

/** The peers under one load, each with a bar in every panel; a thin line goes from the smallest to the largest round. */
final class BarChart {
    private static final double NAMES = 120;
    private static final double PANEL = 310;
    private static final double BARS = 220;
    private static final double ROW = 22;
    private static final double TOP = 48;
    private static final double THICKNESS = 14;

    private final List<Series> peers;
    private final Svg svg;

    private BarChart(LoadResult result) {
        peers = result.series().stream().filter(series -> !series.failed()).toList();
        svg = new Svg(
                NAMES + 2 * PANEL, TOP + ROW * peers.size() + 4, result.load().title());
    }

    static String draw(LoadResult result) {
        var chart = new BarChart(result);
        chart.names(result.load().title());
        var panels = Panel.of(result);
        for (int number = 0; number < panels.size(); number++) {
            chart.draw(panels.get(number), NAMES + PANEL * number);
        }
        return chart.svg.toString();
    }

    private void names(String title) {
        svg.text(0, 14, "title", title);
        for (int row = 0; row < peers.size(); row++) {
            svg.text(NAMES - 10, top(row) + 12, "end", peers.get(row).peer());
        }
    }

    private void draw(Panel panel, double left) {
        svg.text(left, 36, "quiet", panel.title());
        var scale = Scale.over(peers.stream().map(peer -> panel.of(peer).max()).toList(), BARS);
        for (int row = 0; row < peers.size(); row++) {
            var spread = panel.of(peers.get(row));
            if (spread.isKnown()) {
                var middle = top(row) + THICKNESS / 2;
                bar(left, row, scale, spread.median());
                svg.line(left + scale.of(spread.min()), middle, left + scale.of(spread.max()), middle, "mark");
                svg.text(left + scale.of(spread.max()) + 6, top(row) + 12, "", panel.label(spread.median()));
            }
        }
        svg.line(left, TOP - 4, left, top(peers.size()) - 4, "axis");
    }

    /** A bar; one that is too long for the panel is broken. */
    private void bar(double left, int row, Scale scale, double value) {
        var look = Look.of(peers.get(row).peer());
        if (scale.isBeyond(value)) {
            svg.bar(left, top(row), BARS - 12, THICKNESS, look);
            svg.bar(left + BARS - 8, top(row), 8, THICKNESS, look);
        } else {
            svg.bar(left, top(row), scale.of(value), THICKNESS, look);
        }
    }

    private static double top(int row) {
        return TOP + ROW * row;
    }
}
