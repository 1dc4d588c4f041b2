package io.asgi4j.tck.cli;

import io.asgi4j.tck.report.Reporter;
import io.asgi4j.tck.requirement.Requirements;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenarios.Areas;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** What can be asked for: scenarios, by their ids, their areas, their profiles and their requirements. */
final class Catalogue {
    private final List<Scenario> scenarios = Areas.scenarios();
    private final Requirements requirements = Requirements.load();

    List<Scenario> scenarios() {
        return scenarios;
    }

    Requirements requirements() {
        return requirements;
    }

    /**
     * The scenarios that are called so, are in an area or a profile called so, or are about a requirement called so; all if nothing is
     * asked for.
     *
     * @throws UsageException if a name means nothing
     */
    List<Scenario> select(List<String> names) throws UsageException {
        if (names.isEmpty()) {
            return scenarios;
        }
        var selected = new LinkedHashSet<Scenario>();
        for (var name : names) {
            var found = scenarios.stream()
                    .filter(scenario -> isMeant(scenario, name))
                    .toList();
            if (found.isEmpty()) {
                throw unknown(name);
            }
            selected.addAll(found);
        }
        return List.copyOf(selected);
    }

    private static boolean isMeant(Scenario scenario, String name) {
        return scenario.id().equals(name)
                || scenario.area().equals(name)
                || Reporter.profile(scenario).toString().equals(name)
                || scenario.requirements().contains(name);
    }

    /** Says that nothing is called so, and what probably was meant. */
    UsageException unknown(String name) {
        var names = Stream.concat(
                        scenarios.stream()
                                .flatMap(scenario -> Stream.of(
                                        scenario.id(),
                                        scenario.area(),
                                        Reporter.profile(scenario).toString())),
                        requirements.all().stream().map(rule -> rule.slug()))
                .distinct()
                .toList();
        var hint = Nearest.to(name, names)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("; \"list\" shows what there is");
        return new UsageException("no scenario, area, profile or requirement with a scenario is called " + name + hint);
    }
}
