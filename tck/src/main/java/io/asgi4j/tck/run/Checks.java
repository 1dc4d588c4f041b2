package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.Matcher;
import java.util.ArrayList;
import java.util.List;

/** Collects what was looked at, so that a scenario tells everything that is wrong at once. Owned by the thread that runs the scenario. */
final class Checks {
    private final List<Check> all = new ArrayList<>();

    /** Adds one, and returns whether it passed. */
    boolean add(String subject, String expected, String actual, boolean passed) {
        all.add(new Check(subject, expected, actual, passed));
        return passed;
    }

    void addAll(List<Check> checks) {
        all.addAll(checks);
    }

    /** Looks at something with each of the matchers. */
    <T> void match(String subject, List<? extends Matcher<T>> expected, T actual, Facts facts) {
        expected.forEach(matcher -> all.add(matcher.check(subject, actual, facts)));
    }

    List<Check> all() {
        return List.copyOf(all);
    }
}
