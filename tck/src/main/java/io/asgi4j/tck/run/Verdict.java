package io.asgi4j.tck.run;

import io.asgi4j.tck.requirement.Level;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.Scenario;
import java.time.Duration;
import java.util.Optional;

/** Judges an attempt. */
final class Verdict {
    private Verdict() {}

    /** The outcome of a scenario that failed beside others, and with nothing beside it passed. */
    static Outcome passedAlone(Outcome first) {
        return new Outcome(
                first.scenario(),
                Status.WARN,
                first.level(),
                "it failed beside other scenarios and passed alone",
                true,
                first.duration(),
                first.checks(),
                first.evidence(),
                "");
    }

    /**
     * The outcome of an attempt.
     *
     * @param level how much the scenario binds the server
     * @param broken how much that which failed binds it
     */
    static Outcome of(
            Scenario scenario, Attempt attempt, Optional<Level> level, Optional<Level> broken, RunSettings settings) {
        var entry = settings.known().find(scenario.id());
        if (attempt.passed()) {
            return entry.map(found -> outcome(
                            scenario,
                            Status.FIXED,
                            attempt,
                            level,
                            "it passes; remove the line at " + settings.known().place(found)))
                    .orElseGet(() -> outcome(scenario, Status.PASS, attempt, level, ""));
        }
        if (!attempt.error().isEmpty()) {
            return outcome(scenario, Status.ERROR, attempt, level, attempt.error());
        }
        if (entry.isPresent()) {
            return text(attempt).contains(entry.get().fragment())
                    ? outcome(
                            scenario,
                            Status.KNOWN_FAILURE,
                            attempt,
                            level,
                            entry.get().reason())
                    : outcome(
                            scenario,
                            Status.FAIL,
                            attempt,
                            level,
                            "it fails in another way than \"%s\" at %s"
                                    .formatted(
                                            entry.get().fragment(),
                                            settings.known().place(entry.get())));
        }
        if (broken.isEmpty()) {
            return outcome(scenario, Status.WARN, attempt, level, "what is broken here does not bind this server");
        }
        return switch (broken.get()) {
            case MUST -> outcome(scenario, Status.FAIL, attempt, level, "");
            case SHOULD -> outcome(scenario, settings.strict() ? Status.FAIL : Status.WARN, attempt, level, "");
            case MAY -> outcome(scenario, Status.WARN, attempt, level, "");
        };
    }

    private static String text(Attempt attempt) {
        var text = new StringBuilder(attempt.error());
        attempt.checks().stream()
                .filter(check -> !check.passed())
                .map(Check::toString)
                .forEach(line -> text.append('\n').append(line));
        return text.toString();
    }

    private static Outcome outcome(
            Scenario scenario, Status status, Attempt attempt, Optional<Level> level, String reason) {
        return new Outcome(
                scenario, status, level, reason, false, Duration.ZERO, attempt.checks(), attempt.evidence(), "");
    }
}
