package io.asgi4j.tck.scenario;

import java.util.List;

/**
 * One thing that a scenario looked at.
 *
 * @param about the requirements that it is about; empty for all those of its scenario
 * @param subject what was looked at, such as {@code response 1}
 * @param expected what had to be true of it
 * @param actual what was true
 * @param passed whether that is what was expected
 */
public record Check(List<String> about, String subject, String expected, String actual, boolean passed) {
    /** Copies the list. */
    public Check {
        about = List.copyOf(about);
    }

    /** A check that is about all requirements of its scenario. */
    public Check(String subject, String expected, String actual, boolean passed) {
        this(List.of(), subject, expected, actual, passed);
    }

    /** A check that failed. */
    public static Check failed(String subject, String expected, String actual) {
        return new Check(subject, expected, actual, false);
    }

    /** The same, about these requirements. */
    public Check about(List<String> requirements) {
        return new Check(requirements, subject, expected, actual, passed);
    }

    /**
     * The requirements that failed checks are about.
     *
     * @param all those of the scenario
     */
    public static List<String> broken(List<Check> checks, List<String> all) {
        return checks.stream()
                .filter(check -> !check.passed())
                .flatMap(check -> (check.about.isEmpty() ? all : check.about).stream())
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return "%s: expected %s, but %s".formatted(subject, expected, actual);
    }
}
