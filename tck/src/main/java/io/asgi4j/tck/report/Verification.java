package io.asgi4j.tck.report;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.report.RequirementResult.State;
import io.asgi4j.tck.requirement.Level;
import io.asgi4j.tck.requirement.Requirements;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks whether a report may be shown to others: it judged everything that it has to, and nothing is red. */
public final class Verification {
    private final Requirements requirements;
    private final List<Scenario> scenarios;

    /** By the requirements and the scenarios of this kit. */
    public Verification(Requirements requirements, List<Scenario> scenarios) {
        this.requirements = requirements;
        this.scenarios = List.copyOf(scenarios);
    }

    /** Sentences about what is wrong with a report; none if it may be shown. */
    public List<String> problems(Report report) {
        var problems = new ArrayList<>(report.problems());
        if (report.scenarios().stream().noneMatch(scenario -> scenario.status() == Status.PASS)) {
            problems.add("the report holds no scenario that passed, so it says nothing");
        }
        for (var scenario : report.scenarios()) {
            if (scenario.status().isRed()) {
                problems.add("%s: %s".formatted(scenario.id(), ReportPage.words(scenario.status())));
            }
        }
        problems.addAll(gaps(report));
        return problems;
    }

    /** MUSTs whose scenarios need nothing but what the server declares, and which the report does not judge. */
    private List<String> gaps(Report report) {
        var declared = report.declared().stream()
                .flatMap(id -> Feature.of(id).stream())
                .collect(Collectors.toSet());
        var judged = report.requirements().stream()
                .filter(requirement -> requirement.state().compareTo(State.NOT_JUDGED) < 0)
                .map(requirement -> requirement.rule().slug())
                .collect(Collectors.toSet());
        var excused = excused(report);
        var demanded = scenarios.stream()
                .filter(scenario -> declared.containsAll(scenario.needs()))
                .filter(scenario -> !excused.contains(scenario.id()))
                .flatMap(scenario -> scenario.requirements().stream())
                .collect(Collectors.toSet());
        return requirements.all().stream()
                .filter(rule -> rule.level() == Level.MUST)
                .filter(rule -> demanded.contains(rule.slug()) && !judged.contains(rule.slug()))
                .map(rule -> "%s is not judged, although the server declares what it is about".formatted(rule.slug()))
                .toList();
    }

    /** Scenarios that the report itself says cannot be played on this server, with a reason. */
    private static Set<String> excused(Report report) {
        return report.scenarios().stream()
                .filter(scenario ->
                        scenario.status() == Status.NOT_TESTABLE || scenario.status() == Status.NOT_DECLARED)
                .filter(scenario -> !scenario.reason().isEmpty())
                .map(ScenarioResult::id)
                .collect(Collectors.toSet());
    }
}
