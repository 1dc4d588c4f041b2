package io.asgi4j.tck.run;

import io.asgi4j.tck.requirement.Rule;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.TraceView;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.wire.Transcript;
import java.util.ArrayList;
import java.util.List;

/** What people read about a scenario that did not pass: what is required, what was expected, what was seen, and how to see it again. */
final class FailureMessage {
    private static final String INDENT = "    ";

    private FailureMessage() {}

    static String of(Outcome outcome, RunSettings settings) {
        var scenario = outcome.scenario();
        var lines = new ArrayList<String>();
        lines.add("%s %s: %s".formatted(outcome.status().name().replace('_', ' '), scenario.id(), scenario.title()));
        if (!outcome.reason().isEmpty()) {
            lines.add(INDENT + outcome.reason());
        }
        if (outcome.checks().isEmpty() && outcome.evidence().equals(Evidence.NONE)) {
            return String.join("\n", lines);
        }
        lines.add("");
        for (var slug : outcome.broken().isEmpty() ? scenario.requirements() : outcome.broken()) {
            settings.requirements().find(slug).ifPresent(rule -> lines.add(sentence(rule)));
        }
        for (var check : outcome.failures()) {
            lines.add("");
            lines.add(check.subject() + about(check));
            lines.add("  expected  " + indented(check.expected()));
            lines.add("  actual    " + indented(check.actual()));
        }
        var cause = LikelyCause.of(outcome);
        if (!cause.isEmpty()) {
            section(lines, "Likely cause", List.of(cause));
        }
        section(lines, "What happened (ms since the scenario began)", timeline(outcome.evidence()));
        if (!outcome.evidence().output().isBlank()) {
            section(
                    lines,
                    "What the server printed",
                    outcome.evidence().output().lines().toList());
        }
        if (!outcome.evidence().curl().isEmpty()) {
            section(lines, "The same with curl", outcome.evidence().curl());
        }
        section(lines, "Run it again", List.of(settings.rerun().apply(scenario.id())));
        return String.join("\n", lines);
    }

    /** What it is about need not be said where it is everything that stands above. */
    private static String about(Check check) {
        return check.about().isEmpty() ? "" : " (" + String.join(", ", check.about()) + ")";
    }

    /** A value of several lines, which stand under one another. */
    private static String indented(String value) {
        return value.strip().replaceAll("\n(?=.)", "\n            ");
    }

    private static String sentence(Rule rule) {
        return "%s (%s): %s".formatted(rule.slug(), rule.source(), rule.sentence());
    }

    private static void section(List<String> lines, String title, List<String> content) {
        lines.add("");
        lines.add(title);
        content.forEach(line -> lines.add(INDENT + line));
    }

    /** The wire and the application on one clock. */
    private static List<String> timeline(Evidence evidence) {
        var lines = new ArrayList<String>();
        for (var moment : evidence.timeline()) {
            var who = switch (moment) {
                case Evidence.OnWire wire -> wire.entry().connection() + mark(wire.entry());
                case Evidence.InApplication application -> "app" + call(application.entry());
            };
            var shown = switch (moment) {
                case Evidence.OnWire wire -> wire.entry().lines();
                case Evidence.InApplication application -> List.of(TraceView.detailed(application.entry()));
            };
            var time = "%9.2f".formatted(moment.millis());
            for (var line : shown) {
                lines.add("%s  %s %s".formatted(time, who, line));
                time = " ".repeat(time.length());
            }
        }
        return lines;
    }

    private static String mark(Transcript.Entry entry) {
        return switch (entry) {
            case Transcript.Note note -> " *";
            case Transcript.Data data -> data.direction() == Transcript.Direction.SENT ? " >" : " <";
            case Transcript.Told told -> told.direction() == Transcript.Direction.SENT ? " >" : " <";
        };
    }

    private static String call(TraceEntry entry) {
        var fork = entry.fork().equals(Step.Fork.MAIN) ? "" : "@" + entry.fork();
        return (entry.call() == 0 ? "" : Integer.toString(entry.call() + 1)) + fork + " |";
    }
}
