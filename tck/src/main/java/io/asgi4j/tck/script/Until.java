package io.asgi4j.tck.script;

import io.asgi4j.tck.script.TraceEntry.Kind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a driver waits for in a trace, as a short text: {@code returned}, {@code received:http.disconnect}, {@code sent*3},
 * {@code returned@reader}, {@code ended}, {@code *10}.
 *
 * @param kind what must have happened, or null for anything
 * @param ended the call or fork has returned or raised; {@code kind} is null then
 * @param eventType the type of the event, or null for any
 * @param fork the fork in which it happened, or null for any
 * @param count how often
 */
public record Until(
        @Nullable Kind kind,
        boolean ended,
        @Nullable String eventType,
        @Nullable String fork,
        int count) {
    private static final Pattern FORM =
            Pattern.compile("([a-z_]*)(?::([a-z0-9_.-]+))?(?:@([A-Za-z0-9_-]+))?(?:\\*([0-9]{1,6}))?");

    /** Waits for one entry of a kind. */
    public static Until kind(Kind kind) {
        return new Until(kind, false, null, null, 1);
    }

    /** Waits until the call has returned or raised. */
    public static Until callEnded() {
        return new Until(null, true, null, Step.Fork.MAIN, 1);
    }

    /** The same of an event of this type. */
    public Until of(String eventType) {
        return new Until(kind, ended, eventType, fork, count);
    }

    /** The same in this fork. */
    public Until in(String fork) {
        return new Until(kind, ended, eventType, fork, count);
    }

    /** The same so many times. */
    public Until times(int count) {
        return new Until(kind, ended, eventType, fork, count);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it has none
     */
    public static Until parse(String text) {
        var matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException("until is not kind[:type][@fork][*count]: " + text);
        }
        var name = matcher.group(1);
        var ended = name.equals("ended");
        var kind = ended || name.isEmpty() ? null : Kind.valueOf(name.toUpperCase(Locale.ROOT));
        var count = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
        return new Until(kind, ended, matcher.group(2), matcher.group(3), count);
    }

    /** Tells whether an entry is one of those that are counted. */
    public boolean matches(TraceEntry entry) {
        return (kind == null || entry.kind() == kind)
                && (!ended || entry.kind() == Kind.RETURNED || entry.kind() == Kind.RAISED)
                && (eventType == null || entry.eventType().equals(eventType))
                && (fork == null || entry.fork().equals(fork));
    }

    /** The text form. */
    @Override
    public String toString() {
        var text = new StringBuilder(
                ended ? "ended" : kind == null ? "" : kind.name().toLowerCase(Locale.ROOT));
        if (eventType != null) {
            text.append(':').append(eventType);
        }
        if (fork != null) {
            text.append('@').append(fork);
        }
        if (count != 1 || text.isEmpty()) {
            text.append('*').append(count);
        }
        return text.toString();
    }
}
