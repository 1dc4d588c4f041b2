package io.asgi4j.tck.run;

import io.asgi4j.tck.requirement.Level;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.Scenario;
import java.time.Duration;
import java.util.Optional;

/** Judges an attempt. */
final class Verdict {
    private Verdict() {}

    /** Whether it failed as the file of known failures says. */
    static boolean isKnown(Scenario scenario, Attempt attempt, KnownFailures known) {
        return known.find(scenario.id())
                .filter(entry -> text(attempt).contains(entry.fragment()))
                .isPresent();
    }

    /** The outcome of an attempt; {@code passedAlone} if it failed, and one with nothing beside it then passed. */
    static Outcome of(
            Scenario scenario, Attempt attempt, boolean passedAlone, Optional<Level> level, RunSettings settings) {
        var entry = settings.known().find(scenario.id());
        if (attempt.passed() || passedAlone) {
            if (entry.isPresent() && attempt.passed()) {
                var place = settings.known().place(entry.get());
                return outcome(scenario, Status.FIXED, attempt, false, level, "it passes; remove the line at " + place);
            }
            return passedAlone
                    ? outcome(
                            scenario,
                            Status.WARN,
                            attempt,
                            true,
                            level,
                            "it failed beside other scenarios and passed alone")
                    : outcome(scenario, Status.PASS, attempt, false, level, "");
        }
        if (!attempt.error().isEmpty()) {
            return outcome(scenario, Status.ERROR, attempt, false, level, attempt.error());
        }
        if (isKnown(scenario, attempt, settings.known())) {
            var reason = entry.map(KnownFailures.Entry::reason).orElse("");
            return outcome(scenario, Status.KNOWN_FAILURE, attempt, false, level, reason);
        }
        var isFailure = level.filter(found -> found == Level.MUST || (found == Level.SHOULD && settings.strict()))
                .isPresent();
        var reason = new StringBuilder();
        if (entry.isPresent()) {
            reason.append("it fails in another way than \"%s\" at %s"
                    .formatted(entry.get().fragment(), settings.known().place(entry.get())));
        } else if (level.isEmpty()) {
            reason.append("a rule of asgi4j's own, which does not bind this server");
        }
        return outcome(
                scenario,
                isFailure || entry.isPresent() ? Status.FAIL : Status.WARN,
                attempt,
                false,
                level,
                reason.toString());
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
            Scenario scenario,
            Status status,
            Attempt attempt,
            boolean passedAlone,
            Optional<Level> level,
            String reason) {
        return new Outcome(
                scenario, status, level, reason, passedAlone, Duration.ZERO, attempt.checks(), attempt.evidence(), "");
    }
}
