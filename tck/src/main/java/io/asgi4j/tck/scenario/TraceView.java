package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * What happened to the application.
 *
 * @param entries in their order
 * @param pending what the application waits for, in words
 */
public record TraceView(List<TraceEntry> entries, List<String> pending) {
    /** Nothing has happened. */
    public static final TraceView EMPTY = new TraceView(List.of(), List.of());

    /** Copies the lists. */
    public TraceView {
        entries = List.copyOf(entries);
        pending = List.copyOf(pending);
    }

    /** How many calls began. */
    public int calls() {
        return entries.stream().mapToInt(entry -> entry.call() + 1).max().orElse(0);
    }

    /** How many calls ended. */
    public int ended() {
        return (int) entries.stream()
                .filter(entry -> entry.fork().equals(Step.Fork.MAIN))
                .filter(entry -> entry.kind() == Kind.RETURNED || entry.kind() == Kind.RAISED)
                .count();
    }

    /** Whether each call that began has ended. */
    public boolean allCallsEnded() {
        return ended() >= calls();
    }

    /** Whether the application was called, and does nothing any more. */
    public boolean hasEnded() {
        return calls() > 0 && allCallsEnded() && pending.isEmpty();
    }

    /** The entries of a call. */
    public List<TraceEntry> ofCall(int call) {
        return entries.stream().filter(entry -> entry.call() == call).toList();
    }

    /** The trace in a few words, and what the application waits for. */
    public String summary() {
        if (entries.isEmpty()) {
            return "the application was not called";
        }
        return "the trace is: " + Words.cut(story())
                + (pending.isEmpty() ? "" : "; the application waits in " + String.join(", ", pending));
    }

    /** What happened; where there are several calls, in which of them. */
    private String story() {
        var story = new StringBuilder();
        var call = calls() > 1 ? -1 : 0;
        for (var entry : entries) {
            if (entry.call() != call) {
                call = entry.call();
                story.append(story.isEmpty() ? "" : "; ")
                        .append("call ")
                        .append(call + 1)
                        .append(": ");
            } else if (!story.isEmpty()) {
                story.append(", ");
            }
            story.append(words(entry));
        }
        return story.toString();
    }

    /** The entry that comes nearest to what was expected, with its values; without one, the trace. */
    String nearest(EntryMatcher matcher, Facts facts) {
        return entries.stream()
                .filter(matcher::isRough)
                .max(Comparator.comparing((TraceEntry entry) -> matcher.matches(entry, facts))
                        .thenComparingLong(TraceEntry::seq))
                .map(entry -> Words.cut("there is: " + detailed(entry)))
                .orElseGet(this::summary);
    }

    /** The last entry that differs from what was expected in its values alone; empty if there is none. */
    String near(EntryMatcher matcher, Facts facts) {
        return entries.stream()
                .filter(entry -> matcher.isRough(entry) && !matcher.matches(entry, facts))
                .reduce((first, second) -> second)
                .map(entry -> Words.cut("there is: " + detailed(entry)) + "; ")
                .orElse("");
    }

    /** An entry in a few words: what happened, with which event, and what was thrown. */
    public static String words(TraceEntry entry) {
        var text =
                new StringBuilder(entry.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (!entry.eventType().isEmpty()) {
            text.append(' ').append(entry.eventType());
        }
        if (entry.error() != null) {
            text.append(" (")
                    .append(entry.error().type())
                    .append(": ")
                    .append(entry.error().message())
                    .append(')');
        }
        return text.toString();
    }

    /** An entry with everything that is known of it. */
    public static String detailed(TraceEntry entry) {
        var text = new StringBuilder(words(entry));
        if (entry.event() != null) {
            entry.event().entries().forEach((key, value) -> append(text, key, value));
        }
        var details = new LinkedHashMap<>(entry.details().entries());
        if (entry.error() != null) {
            // the name of its class says it to people
            details.remove("is");
        }
        details.forEach((key, value) -> append(text, key, value));
        return text.toString();
    }

    private static void append(StringBuilder text, String key, Value value) {
        if (!key.equals("type")) {
            text.append(", ").append(key).append(' ').append(Words.of(value));
        }
    }
}
