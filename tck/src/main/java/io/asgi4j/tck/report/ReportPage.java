package io.asgi4j.tck.report;

import io.asgi4j.tck.requirement.Rule;
import io.asgi4j.tck.run.Status;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people: one page, {@code report.html}, which needs nothing else. */
public final class ReportPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Report report;
    private final StringBuilder html = new StringBuilder();

    private ReportPage(Report report) {
        this.report = report;
    }

    /** {@return the text of the page} */
    public static String write(Report report) {
        var page = new ReportPage(report);
        page.head();
        page.profiles();
        page.failures();
        page.filters();
        page.scenarios();
        page.specification();
        page.foot();
        return Html.page("Conformance of " + report.server(), page.html.toString());
    }

    private void head() {
        var passed = report.counts().getOrDefault(Status.PASS, 0);
        add(
                """
                <header>
                <p class="kit">asgi4j conformance kit %s</p>
                <h1>%s</h1>
                <p class="verdict %s">%s <span>%d of %d scenarios passed</span></p>
                <p class="facts">%s · %s · took %.1f s%s</p>
                """,
                Html.text(report.kit()),
                Html.text(report.server()),
                report.isGreen() ? "good" : "bad",
                Html.text(sentence(report.verdict())),
                passed,
                report.scenarios().size(),
                TIME.format(report.started()),
                Html.text(report.way()),
                report.duration().toMillis() / 1000.0,
                report.strict() ? " · strict" : "");
        report.server().details().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(detail -> add(
                        "<p class=\"facts\">%s: %s</p>\n", Html.text(detail.getKey()), Html.text(detail.getValue())));
        if (!report.commandLine().isEmpty()) {
            add("<pre class=\"command\">%s</pre>\n", Html.text(Report.shell(report.commandLine())));
        }
        report.problems().forEach(problem -> add("<p class=\"problem\">%s</p>\n", Html.text(problem)));
        add("</header>\n");
    }

    private void profiles() {
        add("<main>\n<section class=\"profiles\">\n");
        for (var profile : report.profiles()) {
            add(
                    """
                    <article class="profile %s">
                    <h2>%s</h2>
                    <p>%s</p>
                    %s<p class="counts">%s</p>
                    </article>
                    """,
                    cssClass(profile.conformance()),
                    Html.text(profile.profile()),
                    Html.text(profile.conformance()),
                    bar(profile),
                    profile.total() == 0
                            ? "no scenarios"
                            : Html.text(profile.counts().entrySet().stream()
                                    .sorted(Map.Entry.comparingByKey())
                                    .map(count -> count.getValue() + " " + words(count.getKey()))
                                    .collect(Collectors.joining(", "))));
        }
        add("</section>\n");
    }

    private static String sentence(Conformance verdict) {
        return switch (verdict) {
            case CONFORMANT -> "Conformant";
            case CONFORMANT_WITH_KNOWN_FAILURES -> "Conformant with known failures";
            case PARTIAL -> "Nothing failed";
            case NOT_CONFORMANT -> "Not conformant";
            case NOT_DECLARED, NOT_JUDGED -> "Not judged";
        };
    }

    /** What a reader looks for first. */
    private void failures() {
        var failed = report.scenarios().stream()
                .filter(scenario -> scenario.status().isRed() || scenario.status() == Status.KNOWN_FAILURE)
                .filter(scenario -> scenario.status() != Status.NOT_RUN)
                .toList();
        if (failed.isEmpty()) {
            return;
        }
        add("<section class=\"failures\">\n<h2>What failed</h2>\n<ul>\n");
        for (var scenario : failed) {
            add(
                    "<li class=\"%s\"><b>%s</b> <a href=\"#%s\">%s</a> <small>%s</small></li>\n",
                    cssClass(scenario.status()),
                    words(scenario.status()),
                    Html.text(scenario.id()),
                    Html.text(scenario.title()),
                    Html.text(scenario.summary()));
        }
        add("</ul>\n</section>\n");
    }

    private static String bar(ProfileResult profile) {
        return profile.counts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(count -> "<i class=\"%s\" style=\"flex-grow:%d\"></i>"
                        .formatted(cssClass(count.getKey()), count.getValue()))
                .collect(Collectors.joining("", "<div class=\"bar\">", "</div>\n"));
    }

    private void filters() {
        add("<nav>\n"
                + "<div class=\"tabs\"><a href=\"#scenarios\">Scenarios</a> <a"
                + " href=\"#specification\">Specification</a></div>\n");
        add("<input id=\"search\" type=\"search\" placeholder=\"Search scenarios and sentences\""
                + " aria-label=\"Search\">\n");
        report.counts()
                .forEach((status, count) -> add(
                        "<label class=\"chip %s\"><input type=\"checkbox\" value=\"%s\" checked>%s %d</label>\n",
                        cssClass(status), status.name(), words(status), count));
        add("<select id=\"profile\" aria-label=\"Profile\"><option value=\"\">all profiles</option>");
        report.profiles().stream()
                .filter(profile -> profile.total() > 0)
                .forEach(profile -> add("<option>%s</option>", Html.text(profile.profile())));
        add("</select>\n<span id=\"shown\"></span>\n</nav>\n");
    }

    private void scenarios() {
        add("<section id=\"scenarios\">\n<h2>Scenarios</h2>\n");
        var sentences = report.requirements().stream()
                .map(RequirementResult::rule)
                .collect(Collectors.toMap(Rule::slug, rule -> rule, (one, other) -> one));
        var area = "";
        for (var scenario : report.scenarios()) {
            if (!scenario.area().equals(area)) {
                area = scenario.area();
                add("<h3>%s</h3>\n", Html.text(area));
            }
            html.append(ScenarioSection.write(scenario, sentences));
        }
        add("</section>\n");
    }

    private void specification() {
        add("<section id=\"specification\">\n<h2>Specification</h2>\n<p class=\"legend\">");
        for (var state : RequirementResult.State.values()) {
            var count = report.requirements().stream()
                    .filter(requirement -> requirement.state() == state)
                    .count();
            if (count > 0) {
                add("<span class=\"%s\">%s %d</span> ", cssClass(state), words(state), count);
            }
        }
        add("</p>\n");
        var section = "";
        for (var requirement : report.requirements()) {
            var rule = requirement.rule();
            if (!rule.section().equals(section)) {
                section = rule.section();
                add("<h3>%s</h3>\n", Html.text(section));
            }
            add(
                    """
                    <div class="rule %s" id="%s">
                    <p>%s</p>
                    <p class="slug">%s · %s · %s · since %s · %s%s</p>
                    %s</div>
                    """,
                    cssClass(requirement.state()),
                    Html.text(rule.slug()),
                    Html.sentence(rule.sentence()),
                    Html.text(rule.slug()),
                    rule.level(),
                    rule.source(),
                    Html.text(rule.since()),
                    words(requirement.state()),
                    requirement.reason().isEmpty() ? "" : ": " + Html.text(requirement.reason()),
                    requirement.scenarios().stream()
                            .map(id -> "<a href=\"#%s\">%s</a>".formatted(Html.text(id), Html.text(id)))
                            .collect(Collectors.joining(" ", "<p class=\"links\">", "</p>\n")));
        }
        add("</section>\n</main>\n");
    }

    private void foot() {
        add(
                "<footer>Made by asgi4j-tck %s. The sentences are those of the asgi4j specification.</footer>\n",
                Html.text(report.kit()));
    }

    /** The name of a constant as the name of a class of the style sheet. */
    static String cssClass(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of a constant in words. */
    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @SuppressWarnings(
            "AnnotateFormatMethod") // the annotation is Error Prone's, which this module does not need otherwise
    private void add(String format, Object... values) {
        html.append(String.format(Locale.ROOT, format, values));
    }
}
