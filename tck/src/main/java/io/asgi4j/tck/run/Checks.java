package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.Matcher;
import java.util.ArrayList;
import java.util.List;

/** Collects what was looked at, so that a scenario tells everything that is wrong at once. Owned by the thread that runs the scenario. */
final class Checks {
    private final List<Check> all = new ArrayList<>();
    private List<String> about = List.of();

    /** What is added from here on is about these requirements; about all those of the scenario if there are none. */
    void about(List<String> requirements) {
        about = requirements;
    }

    /** Whether what is added now is about some of the scenario's requirements alone. */
    boolean areAboutSome() {
        return !about.isEmpty();
    }

    /** Adds one, and returns whether it passed. */
    boolean add(String subject, String expected, String actual, boolean passed) {
        return add(new Check(subject, expected, actual, passed));
    }

    void addAll(List<Check> checks) {
        checks.forEach(this::add);
    }

    /** Looks at something with each of the matchers. */
    <T> void match(String subject, List<? extends Matcher<T>> expected, T actual, Facts facts) {
        expected.forEach(matcher -> add(matcher.check(subject, actual, facts)));
    }

    private boolean add(Check check) {
        all.add(check.about().isEmpty() ? check.about(about) : check);
        return check.passed();
    }

    List<Check> all() {
        return List.copyOf(all);
    }
}
