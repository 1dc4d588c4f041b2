package io.asgi4j.tck.cli;

import io.asgi4j.tck.report.Reporter;
import io.asgi4j.tck.requirement.Rule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code list}: what there is. */
@Command(
        name = "list",
        description = "Lists the scenarios with their profiles, or the requirements.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--requirements",
            description = "List the requirements instead, each with the number of its scenarios.")
    private boolean requirements;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var catalogue = new Catalogue();
        if (requirements) {
            for (var rule : catalogue.requirements().all()) {
                out.println("%-50s %-6s %-17s %3d"
                        .formatted(rule.slug(), rule.level(), rule.source(), count(catalogue, rule)));
            }
        } else {
            catalogue
                    .scenarios()
                    .forEach(scenario -> out.println(
                            "%-80s %-10s %s".formatted(scenario.id(), Reporter.profile(scenario), scenario.title())));
        }
        out.flush();
        return ExitStatus.CONFORMANT.code();
    }

    private static long count(Catalogue catalogue, Rule rule) {
        return catalogue.scenarios().stream()
                .filter(scenario -> scenario.requirements().contains(rule.slug()))
                .count();
    }
}
