package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.Step;
import java.util.ArrayList;
import java.util.List;

/** Scenarios for people to read, in Markdown. */
public final class ScenarioPage {
    private ScenarioPage() {}

    /** {@return what a scenario does and expects} */
    public static String of(Scenario scenario) {
        var lines = new ArrayList<String>();
        lines.add("# " + scenario.title());
        lines.add("");
        lines.add("`%s`, about %s".formatted(scenario.id(), String.join(", ", scenario.requirements())));
        lines.add("");
        lines.add("Needs " + Words.and(scenario.needs()) + (scenario.alone() ? ", and runs alone" : "") + ".");
        if (!scenario.start().options().values().isEmpty()) {
            lines.add("The server is started with " + scenario.start().options().values() + ".");
        }
        if (!scenario.start().preferred().values().isEmpty()) {
            lines.add("It is started with " + scenario.start().preferred().values() + " where that can be set.");
        }
        if (scenario.start().refused()) {
            lines.add("The server refuses to start.");
        }
        section(
                lines,
                "The lifespan",
                scenario.start().lifespan().equals(Script.LIFESPAN)
                        ? List.of()
                        : steps(scenario.start().lifespan().calls()));
        section(
                lines,
                "What must have happened in the lifespan when an early client gets a connection",
                expected(scenario.start().atFirstConnection()));
        section(
                lines,
                "What must have happened in the lifespan when an early client gets an answer",
                expected(scenario.start().atFirstAnswer()));
        section(lines, "The application", steps(scenario.application().calls()));
        section(
                lines,
                "The client",
                scenario.client().stream().map(ScenarioPage::words).toList());
        section(lines, "What must then be true of the application", expected(scenario.trace()));
        section(lines, "What must then be true of the lifespan", expected(scenario.lifespan()));
        section(lines, "What the server's operator must have been told", scenario.reported());
        return String.join("\n", lines) + "\n";
    }

    private static void section(List<String> lines, String title, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add("## " + title);
            lines.add("");
            items.forEach(item -> lines.add("* " + item));
        }
    }

    private static List<String> steps(List<List<Step>> calls) {
        var all = new ArrayList<String>();
        for (var call = 0; call < calls.size(); call++) {
            for (var step : calls.get(call)) {
                var which = calls.size() == 1 ? "" : "call %d: ".formatted(call + 1);
                all.add("%s`%s`".formatted(which, Json.write(ScriptJson.write(step))));
            }
        }
        return all;
    }

    private static String words(ClientStep step) {
        return step instanceof ClientStep.OnConnection on && !on.connection().equals(ScenarioBuilder.FIRST_CONNECTION)
                ? "on connection %s: %s".formatted(on.connection(), step.words())
                : step.words();
    }

    private static List<String> expected(List<TraceMatcher> matchers) {
        return matchers.stream().map(Matcher::expected).toList();
    }
}
