package io.asgi4j.tck.cli;

import io.asgi4j.tck.requirement.Rule;
import io.asgi4j.tck.requirement.Untestable;
import io.asgi4j.tck.scenario.ClientStep;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenario.TraceMatcher;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.ScriptJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: everything about a scenario, an area or a requirement. */
@Command(
        name = "explain",
        description = "Says what a scenario does, or what a requirement says and which scenarios are about it.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME",
            description = "The id of a scenario, the name of an area, or the slug of a requirement.")
    private String name = "";

    @Override
    public Integer call() throws UsageException {
        var out = spec.commandLine().getOut();
        var catalogue = new Catalogue();
        var rule = catalogue.requirements().find(name);
        if (rule.isPresent()) {
            explain(rule.get(), catalogue, out);
        } else {
            catalogue.select(List.of(name)).forEach(scenario -> explain(scenario, catalogue, out));
        }
        out.flush();
        return ExitStatus.CONFORMANT.code();
    }

    private static void explain(Rule rule, Catalogue catalogue, PrintWriter out) {
        sentence(rule, out);
        if (!rule.explanation().isEmpty()) {
            out.println();
            out.println(rule.explanation());
        }
        var reason = Untestable.load().get(rule.slug());
        if (reason != null) {
            out.println();
            out.println("Not testable: " + reason + ".");
        }
        out.println();
        catalogue.scenarios().stream()
                .filter(scenario -> scenario.requirements().contains(rule.slug()))
                .forEach(scenario -> out.println("  " + scenario.id()));
    }

    private static void sentence(Rule rule, PrintWriter out) {
        out.println("%s (%s, since %s)".formatted(rule.slug(), rule.source(), rule.since()));
        out.println("  " + rule.sentence());
    }

    private static void explain(Scenario scenario, Catalogue catalogue, PrintWriter out) {
        out.println("%s: %s".formatted(scenario.id(), scenario.title()));
        scenario.requirements()
                .forEach(slug -> catalogue.requirements().find(slug).ifPresent(rule -> sentence(rule, out)));
        scenario.start()
                .options()
                .values()
                .forEach((option, value) -> out.println("The server starts with %s %s".formatted(option, value)));
        if (scenario.start().refused()) {
            out.println("The server must refuse to start");
        }
        out.println("The client");
        scenario.client().stream().map(ClientStep::words).forEach(step -> out.println("  " + step));
        out.println("The application");
        out.println(Json.writePretty(ScriptJson.write(scenario.application()))
                .indent(2)
                .stripTrailing());
        out.println("Then");
        scenario.trace().stream().map(TraceMatcher::expected).forEach(matcher -> out.println("  " + matcher));
        scenario.lifespan().stream().map(TraceMatcher::expected).forEach(matcher -> out.println("  " + matcher));
        out.println();
    }
}
