package io.asgi4j.tck.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * A report in the form that build servers read: a suite for each area, a case for each scenario.
 *
 * <p>What is red is a failure, or an error if the kit or the server's start is to blame. What was not judged, or is known to fail, is
 * skipped, with the reason. A warning passes, and is printed.
 */
public final class JUnitXml {
    private static final String KIT = "asgi4j-tck";

    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    private enum Kind {
        PASSED,
        FAILED,
        BROKEN,
        SKIPPED;

        static Kind of(ScenarioResult scenario) {
            return switch (scenario.status()) {
                case PASS, WARN -> PASSED;
                case FAIL, FIXED -> FAILED;
                case ERROR, NOT_RUN -> BROKEN;
                case KNOWN_FAILURE, NOT_DECLARED, NOT_TESTABLE -> SKIPPED;
            };
        }
    }

    private JUnitXml() {}

    /** {@return the text of the file} */
    public static String write(Report report) {
        var xml = new JUnitXml();
        xml.report(report);
        return xml.text.toString();
    }

    private void report(Report report) {
        var scenarios = report.scenarios();
        var broken = report.problems().size();
        counts("testsuites", KIT + " " + report.server(), scenarios, broken, report.duration());
        if (broken > 0) {
            counts("testsuite", KIT, List.of(), broken, Duration.ZERO);
            for (var problem : report.problems()) {
                text.append("<testcase classname=\"%s\" name=\"the run\" time=\"0\">\n".formatted(KIT));
                element("error", problem, problem);
                text.append("</testcase>\n");
            }
            text.append("</testsuite>\n");
        }
        var areas = new LinkedHashMap<String, List<ScenarioResult>>();
        scenarios.forEach(scenario -> areas.computeIfAbsent(scenario.area(), area -> new ArrayList<>())
                .add(scenario));
        areas.forEach((area, members) -> {
            var took = members.stream().map(ScenarioResult::duration).reduce(Duration.ZERO, Duration::plus);
            counts("testsuite", area, members, 0, took);
            members.forEach(this::scenario);
            text.append("</testsuite>\n");
        });
        text.append("</testsuites>\n");
    }

    private void counts(String element, String name, List<ScenarioResult> scenarios, int broken, Duration took) {
        text.append("<%s name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"%s\">\n"
                .formatted(
                        element,
                        attribute(name),
                        scenarios.size() + broken,
                        count(scenarios, Kind.FAILED),
                        count(scenarios, Kind.BROKEN) + broken,
                        count(scenarios, Kind.SKIPPED),
                        seconds(took)));
    }

    private static long count(List<ScenarioResult> scenarios, Kind kind) {
        return scenarios.stream().filter(scenario -> Kind.of(scenario) == kind).count();
    }

    private void scenario(ScenarioResult scenario) {
        var dot = scenario.id().indexOf('.');
        text.append("<testcase classname=\"%s\" name=\"%s\" time=\"%s\">\n"
                .formatted(
                        attribute(scenario.id().substring(0, dot)),
                        attribute(scenario.id().substring(dot + 1)),
                        seconds(scenario.duration())));
        var summary = scenario.summary().isEmpty() ? scenario.title() : scenario.summary();
        switch (Kind.of(scenario)) {
            case PASSED -> {
                if (!scenario.message().isEmpty()) {
                    text.append("<system-out>%s</system-out>\n".formatted(content(scenario.message())));
                }
            }
            case FAILED -> element("failure", summary, scenario.message());
            case BROKEN -> element("error", summary, scenario.message());
            case SKIPPED -> element("skipped", words(scenario) + ": " + summary, "");
        }
        text.append("</testcase>\n");
    }

    private static String words(ScenarioResult scenario) {
        return scenario.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void element(String name, String message, String content) {
        text.append("<%s message=\"%s\" type=\"%s\">%s</%s>\n"
                .formatted(name, attribute(message), name, content(content), name));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }

    private static String content(String text) {
        var safe = new StringBuilder();
        text.codePoints().map(c -> isLegal(c) ? c : 0xFFFD).forEach(safe::appendCodePoint);
        return safe.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String attribute(String text) {
        return content(text)
                .replace("\"", "&quot;")
                .replace("\n", "&#10;")
                .replace("\t", "&#9;")
                .replace("\r", "&#13;");
    }

    /** What XML 1.0 lets a document hold. */
    private static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c > 0xFFFF;
    }
}
