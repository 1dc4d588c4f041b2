package io.asgi4j.tck.report;

import io.asgi4j.tck.run.Status;
import java.util.Locale;
import java.util.Map;

/** The verdict on a profile. */
public enum Conformance {
    /** Everything that binds the server was seen to hold. */
    CONFORMANT,
    /** Something failed, as a committed file said that it would. */
    CONFORMANT_WITH_KNOWN_FAILURES,
    /** Nothing failed, but not everything could be judged or is declared. */
    PARTIAL,
    /** Something failed. */
    NOT_CONFORMANT,
    /** The server does not declare any of it. */
    NOT_DECLARED,
    /** No scenario was run. */
    NOT_JUDGED;

    /**
     * The verdict that follows from the scenarios of a profile.
     *
     * @param declared whether the server declares any feature of the profile
     */
    static Conformance of(boolean declared, Map<Status, Integer> counts) {
        if (counts.isEmpty() || counts.keySet().stream().allMatch(status -> status == Status.NOT_RUN)) {
            return declared || !counts.isEmpty() ? NOT_JUDGED : NOT_DECLARED;
        }
        if (counts.keySet().stream().anyMatch(Status::isRed)) {
            return NOT_CONFORMANT;
        }
        if (counts.keySet().stream().allMatch(status -> status == Status.NOT_DECLARED)) {
            return NOT_DECLARED;
        }
        if (counts.containsKey(Status.KNOWN_FAILURE)) {
            return CONFORMANT_WITH_KNOWN_FAILURES;
        }
        return counts.containsKey(Status.NOT_DECLARED) || counts.containsKey(Status.NOT_TESTABLE)
                ? PARTIAL
                : CONFORMANT;
    }

    /** The verdict in words, such as {@code not conformant}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
