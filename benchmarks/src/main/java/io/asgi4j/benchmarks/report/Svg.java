package io.asgi4j.benchmarks.report;

import java.util.Locale;

/** A drawing that is legible on light and on dark pages. */
final class Svg {
    private static final String STYLE = """
        text { font: 13px system-ui, sans-serif; fill: #24292f }
        .title { font-weight: 600 }
        .quiet { font-size: 11px; fill: #59636e }
        .end { text-anchor: end }
        .middle { text-anchor: middle }
        .limit { fill: #8c959f; stroke: #8c959f }
        .ours { fill: #0969da; stroke: #0969da }
        .ours-too { fill: #6fb1ff; stroke: #6fb1ff }
        .other { fill: #c4ccd4; stroke: #c4ccd4 }
        .axis { stroke: #d1d9e0 }
        .mark { stroke: #24292f; stroke-width: 1.5; fill: none }
        .line { fill: none; stroke-width: 2 }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 }
          .quiet { fill: #9198a1 }
          .limit { fill: #7d8590; stroke: #7d8590 }
          .ours { fill: #58a6ff; stroke: #58a6ff }
          .ours-too { fill: #2f6db3; stroke: #2f6db3 }
          .other { fill: #444c56; stroke: #444c56 }
          .axis { stroke: #3d444d }
          .mark { stroke: #e6edf3 }
        }
        .line { fill: none }
        """;

    private final StringBuilder body = new StringBuilder();
    private final double width;
    private final double height;
    private final String title;

    /** The title is for those who do not see the drawing. */
    Svg(double width, double height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
    }

    Svg text(double x, double y, String style, String text) {
        return add(
                String.format(Locale.ROOT, "<text x='%.1f' y='%.1f' class='%s'>%s</text>", x, y, style, escaped(text)));
    }

    Svg bar(double x, double y, double width, double height, String style) {
        return add(String.format(
                Locale.ROOT,
                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' class='%s' stroke='none' rx='2'/>",
                x,
                y,
                Math.max(0, width),
                height,
                style));
    }

    Svg line(double x1, double y1, double x2, double y2, String style) {
        return add(String.format(
                Locale.ROOT, "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' class='%s'/>", x1, y1, x2, y2, style));
    }

    Svg dot(double x, double y, String style) {
        return add(String.format(Locale.ROOT, "<circle cx='%.1f' cy='%.1f' r='3.5' class='%s'/>", x, y, style));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.0f %.0f' width='%.0f' height='%.0f'"
                        + " role='img'>%n<title>%s</title>%n<style>%n%s</style>%n%s</svg>%n",
                width,
                height,
                width,
                height,
                escaped(title),
                STYLE,
                body);
    }

    private Svg add(String element) {
        body.append(element).append('\n');
        return this;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
