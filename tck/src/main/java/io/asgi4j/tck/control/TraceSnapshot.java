package io.asgi4j.tck.control;

import io.asgi4j.tck.script.TraceEntry;
import java.util.List;

/**
 * A trace as it was at a moment.
 *
 * @param satisfied what was waited for has happened
 * @param dropped how many entries there was no room for
 * @param pending what the application waits for
 * @param entries the entries
 */
public record TraceSnapshot(boolean satisfied, long dropped, List<Pending> pending, List<TraceEntry> entries) {
    /** Copies the lists. */
    public TraceSnapshot {
        pending = List.copyOf(pending);
        entries = List.copyOf(entries);
    }

    /**
     * Something in the application that may be blocked.
     *
     * @param call counts the calls of the scenario from 0
     * @param fork the fork
     * @param operation what the step asks for
     * @param sinceMillis when it began, on the application's clock
     */
    public record Pending(int call, String fork, String operation, double sinceMillis) {}
}
