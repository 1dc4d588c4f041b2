package io.asgi4j.tck.report;

import io.asgi4j.tck.run.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Several servers side by side: their profiles, and every scenario in which they differ. */
public final class Comparison {
    private static final String ABSENT = "–";

    private final List<Report> reports;
    private final List<Row> profiles = new ArrayList<>();
    private final List<Row> scenarios = new ArrayList<>();

    /** A line of the matrix: a cell for each server. */
    private record Row(String name, String title, List<Cell> cells) {
        boolean isUnanimous() {
            return cells.stream().map(Cell::css).distinct().count() <= 1;
        }
    }

    private record Cell(String text, String css) {}

    private Comparison(List<Report> reports) {
        this.reports = reports;
        for (var name : profileNames()) {
            profiles.add(new Row(
                    name,
                    name,
                    reports.stream().map(report -> profile(report, name)).toList()));
        }
        scenarioTitles()
                .forEach((id, title) -> scenarios.add(new Row(
                        id,
                        title,
                        reports.stream().map(report -> scenario(report, id)).toList())));
    }

    /** Servers in the order of their reports. */
    public static Comparison of(List<Report> reports) {
        return new Comparison(List.copyOf(reports));
    }

    private List<String> profileNames() {
        return reports.stream()
                .flatMap(report -> report.profiles().stream())
                .map(ProfileResult::profile)
                .distinct()
                .filter(name -> reports.stream()
                        .flatMap(report -> report.profiles().stream())
                        .anyMatch(profile -> profile.profile().equals(name) && profile.total() > 0))
                .toList();
    }

    private Map<String, String> scenarioTitles() {
        var titles = new LinkedHashMap<String, String>();
        reports.stream()
                .flatMap(report -> report.scenarios().stream())
                .forEach(scenario -> titles.putIfAbsent(scenario.id(), scenario.title()));
        return titles;
    }

    private static Cell profile(Report report, String name) {
        return report.profiles().stream()
                .filter(profile -> profile.profile().equals(name))
                .findFirst()
                .map(profile -> new Cell(
                        "%s (%d/%d)".formatted(profile.conformance(), profile.count(Status.PASS), profile.total()),
                        ReportPage.cssClass(profile.conformance())))
                .orElse(new Cell(ABSENT, "absent"));
    }

    private static Cell scenario(Report report, String id) {
        return report.scenarios().stream()
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .map(scenario -> new Cell(ReportPage.words(scenario.status()), ReportPage.cssClass(scenario.status())))
                .orElse(new Cell(ABSENT, "absent"));
    }

    /** {@return the matrix as Markdown: the profiles, then the scenarios that not all servers pass} */
    public String markdown() {
        var text = new StringBuilder("# Conformance of ASGI servers\n\n");
        table(text, "profile", profiles);
        var differing = scenarios.stream().filter(row -> !row.isUnanimous()).toList();
        text.append("\n%d of %d scenarios have the same result everywhere. The others:\n\n"
                .formatted(scenarios.size() - differing.size(), scenarios.size()));
        table(text, "scenario", differing);
        return text.toString();
    }

    private void table(StringBuilder text, String first, List<Row> rows) {
        text.append("| %s | %s |\n".formatted(first, names(" | ")));
        text.append("| --- |").append(" --- |".repeat(reports.size())).append('\n');
        for (var row : rows) {
            text.append("| %s | %s |\n"
                    .formatted(row.name(), row.cells().stream().map(Cell::text).collect(Collectors.joining(" | "))));
        }
    }

    private String names(String separator) {
        return reports.stream()
                .map(report -> report.server().toString().replace("|", "\\|"))
                .collect(Collectors.joining(separator));
    }

    /** {@return the matrix as one page that needs nothing else} */
    public String html() {
        var html = new StringBuilder("""
            <header><p class="kit">asgi4j conformance kit</p>
            <h1>Conformance of ASGI servers</h1></header>
            <main class="matrix">
            <h2>Profiles</h2>
            """);
        table(html, profiles);
        html.append("<nav><label class=\"chip\"><input type=\"checkbox\" id=\"differing\">only where servers"
                + " differ</label></nav>\n");
        html.append("<h2>Scenarios</h2>\n");
        table(html, scenarios);
        html.append("</main>\n");
        return Html.page("Conformance of ASGI servers", html.toString());
    }

    private void table(StringBuilder html, List<Row> rows) {
        html.append("<table>\n<thead><tr><th></th>");
        reports.forEach(report -> html.append("<th>%s</th>".formatted(Html.text(report.server()))));
        html.append("</tr></thead>\n");
        for (var row : rows) {
            html.append(String.format(
                    Locale.ROOT,
                    "<tr%s><th title=\"%s\">%s</th>",
                    row.isUnanimous() ? " class=\"same\"" : "",
                    Html.text(row.name()),
                    Html.text(row.title())));
            row.cells()
                    .forEach(cell ->
                            html.append("<td class=\"%s\">%s</td>".formatted(cell.css(), Html.text(cell.text()))));
            html.append("</tr>\n");
        }
        html.append("</table>\n");
    }
}
