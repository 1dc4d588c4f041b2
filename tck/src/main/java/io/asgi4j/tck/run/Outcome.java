package io.asgi4j.tck.run;

import io.asgi4j.tck.requirement.Level;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a scenario went, with everything that a report needs.
 *
 * @param scenario the scenario
 * @param status how it went
 * @param level how much the strongest of its requirements binds this server; empty if none does
 * @param reason why it has this status, in a sentence; may be empty if the checks say it
 * @param passedAlone it failed at first, and then passed with nothing beside it
 * @param duration how long it took
 * @param checks everything that was looked at
 * @param evidence what was seen
 * @param message what people read about anything that did not pass; empty if it passed
 */
public record Outcome(
        Scenario scenario,
        Status status,
        Optional<Level> level,
        String reason,
        boolean passedAlone,
        Duration duration,
        List<Check> checks,
        Evidence evidence,
        String message) {
    /** Copies the list. */
    public Outcome {
        checks = List.copyOf(checks);
    }

    /** The outcome of a scenario that was not played. */
    static Outcome without(Scenario scenario, Status status, Optional<Level> level, String reason) {
        return new Outcome(scenario, status, level, reason, false, Duration.ZERO, List.of(), Evidence.NONE, "");
    }

    /** The checks that failed. */
    public List<Check> failures() {
        return checks.stream().filter(check -> !check.passed()).toList();
    }

    /** The requirements that the checks which failed are about. */
    public List<String> broken() {
        return Check.broken(checks, scenario.requirements());
    }

    /** The checks that failed in words, one in a line, with nothing that differs from run to run. */
    public String failure() {
        return failures().stream().map(Check::toString).collect(Collectors.joining("\n"));
    }

    Outcome took(Duration time) {
        return new Outcome(scenario, status, level, reason, passedAlone, time, checks, evidence, message);
    }

    Outcome withMessage(String text) {
        return new Outcome(scenario, status, level, reason, passedAlone, duration, checks, evidence, text);
    }
}
