package io.asgi4j.tck.report;

import io.asgi4j.tck.requirement.Rule;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.TraceView;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.ScriptJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The part of a page that is about one scenario. */
final class ScenarioSection {
    private final StringBuilder html = new StringBuilder();

    /** One line of what happened: the wire and the application on one clock. */
    private record Moment(double ms, String css, String who, String text) {}

    private ScenarioSection() {}

    /** {@return the HTML} */
    static String write(ScenarioResult scenario, Map<String, Rule> rules) {
        var section = new ScenarioSection();
        section.scenario(scenario, rules);
        return section.html.toString();
    }

    private void scenario(ScenarioResult scenario, Map<String, Rule> rules) {
        add(
                """
                <details class="scenario %s" id="%s" data-status="%s" data-profile="%s">
                <summary><b>%s</b> <span class="title">%s%s</span>%s <time>%d ms</time></summary>
                """,
                ReportPage.cssClass(scenario.status()),
                Html.text(scenario.id()),
                scenario.status().name(),
                Html.text(scenario.profile()),
                ReportPage.words(scenario.status()),
                Html.text(scenario.title()),
                why(scenario),
                scenario.passedAlone() ? " <em>passed alone</em>" : "",
                scenario.duration().toMillis());
        add("<p class=\"slug\">%s · %s</p>\n", Html.text(scenario.id()), Html.text(scenario.profile()));
        for (var slug : scenario.requirements()) {
            var sentence =
                    Optional.ofNullable(rules.get(slug)).map(Rule::sentence).orElse("");
            add(
                    "<blockquote>%s <a class=\"slug\" href=\"#%s\">%s</a></blockquote>\n",
                    Html.sentence(sentence), Html.text(slug), Html.text(slug));
        }
        if (!scenario.reason().isEmpty()) {
            add("<p class=\"reason\">%s</p>\n", Html.text(scenario.reason()));
        }
        checks(scenario);
        timeline(scenario);
        code("The same with curl", String.join("\n", scenario.curl()));
        code("Run it again", scenario.rerun());
        add("<details class=\"plan\"><summary>What client and application do</summary>\n");
        add("<ol>\n");
        scenario.client().forEach(step -> add("<li>%s</li>\n", Html.text(step)));
        add("</ol>\n");
        add(
                "<pre>%s</pre>\n</details>\n</details>\n",
                Html.text(Json.writePretty(ScriptJson.write(scenario.application()))));
    }

    /** Beside the title, unless there is nothing to say, or the same of all. */
    private static String why(ScenarioResult scenario) {
        var isPlain = scenario.status() == Status.PASS || scenario.status() == Status.NOT_RUN;
        return isPlain ? "" : " <small>%s</small>".formatted(Html.text(scenario.summary()));
    }

    private void checks(ScenarioResult scenario) {
        if (scenario.checks().isEmpty()) {
            return;
        }
        add("<table class=\"checks\">\n<tr><th></th><th></th><th>expected</th><th>actual</th></tr>\n");
        for (var check : scenario.checks()) {
            add(
                    "<tr class=\"%s\"><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n",
                    check.passed() ? "pass" : "fail",
                    check.passed() ? "✓" : "✗",
                    Html.text(check.subject()),
                    Html.text(check.expected()),
                    Html.text(check.actual()));
        }
        add("</table>\n");
    }

    private void timeline(ScenarioResult scenario) {
        if (scenario.wire().isEmpty() && scenario.trace().isEmpty()) {
            return;
        }
        add("<h4>What happened, in ms since the scenario began</h4>\n<table class=\"timeline\">\n");
        for (var moment : moments(scenario)) {
            add(
                    "<tr class=\"%s\"><td>%.2f</td><td>%s</td><td><pre>%s</pre></td></tr>\n",
                    moment.css(), moment.ms(), Html.text(moment.who()), Html.text(moment.text()));
        }
        add("</table>\n");
    }

    private static List<Moment> moments(ScenarioResult scenario) {
        var moments = new ArrayList<Moment>();
        for (var entry : scenario.wire()) {
            var mark = switch (entry.kind()) {
                case SENT -> " >";
                case RECEIVED -> " <";
                case NOTE -> " *";
            };
            moments.add(new Moment(
                    entry.ms(),
                    ReportPage.cssClass(entry.kind()),
                    entry.connection() + mark,
                    String.join("\n", entry.lines())));
        }
        for (var entry : scenario.trace()) {
            moments.add(new Moment(entry.ms(), "application", "application", TraceView.detailed(entry.entry())));
        }
        moments.sort(Comparator.comparingDouble(Moment::ms));
        return moments;
    }

    private void code(String title, String text) {
        if (!text.isEmpty()) {
            add("<h4>%s</h4>\n<pre class=\"copy\">%s</pre>\n", title, Html.text(text));
        }
    }

    @SuppressWarnings(
            "AnnotateFormatMethod") // the annotation is Error Prone's, which this module does not need otherwise
    private void add(String format, Object... values) {
        html.append(String.format(Locale.ROOT, format, values));
    }
}
