package io.asgi4j.tck.scenario;

/**
 * One thing that a scenario looked at.
 *
 * @param subject what was looked at, such as {@code response 1}
 * @param expected what had to be true of it
 * @param actual what was true
 * @param passed whether that is what was expected
 */
public record Check(String subject, String expected, String actual, boolean passed) {
    /** A check that failed. */
    public static Check failed(String subject, String expected, String actual) {
        return new Check(subject, expected, actual, false);
    }

    @Override
    public String toString() {
        return "%s: expected %s, but %s".formatted(subject, expected, actual);
    }
}
