package io.asgi4j.tck.report;

import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.TraceEntry;
import java.time.Duration;
import java.util.List;

/**
 * How a scenario went.
 *
 * @param id its name
 * @param title its name as a sentence
 * @param area the area of the specification
 * @param profile the name of the profile to which it belongs
 * @param requirements the slugs of what it is about
 * @param level how strongly that binds this server: the name of a level, or empty if it does not
 * @param status how it went
 * @param reason why it has this status; may be empty if the checks say it
 * @param passedAlone it failed at first, and passed with nothing beside it
 * @param duration how long it took
 * @param application what its application does
 * @param client what its client does, a line for each step
 * @param checks what was looked at
 * @param wire what went over the wire
 * @param trace what happened to the application
 * @param curl command lines that do the same; empty if curl cannot
 * @param rerun the command line that runs it once more
 * @param message what a terminal shows of it; empty if it passed
 */
public record ScenarioResult(
        String id,
        String title,
        String area,
        String profile,
        List<String> requirements,
        String level,
        Status status,
        String reason,
        boolean passedAlone,
        Duration duration,
        Script application,
        List<String> client,
        List<Check> checks,
        List<OnWire> wire,
        List<InApplication> trace,
        List<String> curl,
        String rerun,
        String message) {
    /** Which way bytes went, or that something else happened to a connection. */
    public enum Kind {
        /** From the client to the server. */
        SENT,
        /** From the server to the client. */
        RECEIVED,
        /** Anything else, in words. */
        NOTE
    }

    /**
     * Something on the wire.
     *
     * @param ms milliseconds since the scenario began
     * @param connection the name of the connection
     * @param lines the bytes, readable
     */
    public record OnWire(double ms, String connection, Kind kind, List<String> lines) {
        /** Copies the list. */
        public OnWire {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Something that happened to the application.
     *
     * @param ms milliseconds since the scenario began
     */
    public record InApplication(double ms, TraceEntry entry) {}

    /** Why it has its status, in a line: the reason, or else the first check that failed; empty if it passed. */
    public String summary() {
        if (!reason.isEmpty()) {
            return reason;
        }
        return checks.stream()
                .filter(check -> !check.passed())
                .map(Check::toString)
                .findFirst()
                .orElse("");
    }

    /** Copies the lists. */
    public ScenarioResult {
        requirements = List.copyOf(requirements);
        client = List.copyOf(client);
        checks = List.copyOf(checks);
        wire = List.copyOf(wire);
        trace = List.copyOf(trace);
        curl = List.copyOf(curl);
    }
}
