package io.asgi4j.tck.report;

import io.asgi4j.tck.requirement.Rule;
import java.util.List;

/**
 * What became of a requirement.
 *
 * @param rule the requirement, as it was when the run was done
 * @param state what became of it
 * @param reason why it cannot be judged; empty if it can
 * @param scenarios the ids of the scenarios which are about it
 */
public record RequirementResult(Rule rule, State state, String reason, List<String> scenarios) {
    /** What can become of a requirement; of several scenarios the worst counts. */
    public enum State {
        /** A scenario showed that it does not hold. */
        BROKEN,
        /** As {@link #BROKEN}, and a committed file had said so. */
        KNOWN_BROKEN,
        /** It does not hold, or not always, and does not bind this server strictly. */
        DOUBTFUL,
        /** All its scenarios passed. */
        KEPT,
        /** All its scenarios are about what the server does not declare, or cannot be played here. */
        NOT_JUDGED,
        /** Nobody can see from outside whether it holds. */
        UNTESTABLE,
        /** It has no scenario. */
        WITHOUT_SCENARIO
    }

    /** Copies the list. */
    public RequirementResult {
        scenarios = List.copyOf(scenarios);
    }
}
