package io.asgi4j.tck.run;

import io.asgi4j.tck.requirement.Requirements;
import io.asgi4j.tck.wire.Limits;
import java.util.function.UnaryOperator;

/**
 * How scenarios are run and judged.
 *
 * @param limits how long to wait for what
 * @param strict a broken SHOULD is a failure
 * @param known what is known to fail
 * @param requirements what the scenarios' slugs mean
 * @param rerun makes the command line that runs the scenario of an id once more
 */
public record RunSettings(
        Limits limits, boolean strict, KnownFailures known, Requirements requirements, UnaryOperator<String> rerun) {
    /** Lenient, with the usual limits, and nothing known to fail. */
    public static RunSettings usual(UnaryOperator<String> rerun) {
        return new RunSettings(Limits.DEFAULT, false, KnownFailures.NONE, Requirements.load(), rerun);
    }
}
