package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Defaults;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a trace, described by what must be true of one. By itself it asks for one such entry.
 *
 * @param kind what happened
 * @param type the type of the event; null for any
 * @param call the number of the call, from 0; null for any
 * @param fork the fork in which it happened; null for any
 * @param values what must be true of entries of the event, ASGI's defaults being filled in
 * @param details what must be true of the details
 * @param failure what must be true of what was thrown; null if it does not matter
 */
public record EntryMatcher(
        Kind kind,
        @Nullable String type,
        @Nullable Integer call,
        @Nullable String fork,
        Map<String, ValueMatcher> values,
        Map<String, ValueMatcher> details,
        @Nullable FailureKind failure)
        implements TraceMatcher {

    /** What was thrown. */
    public enum FailureKind {
        /** The client is gone: an {@code IOException}, {@code OSError}. */
        CLIENT_GONE,
        /** The client is gone: asgi4j's {@code ClientDisconnectedException}. */
        CLIENT_DISCONNECTED,
        /** The event may not be sent now, or never: anything else. */
        REFUSED,
        /** The event may not be sent now, or never: asgi4j's {@code IllegalEventException}. */
        ILLEGAL_EVENT
    }

    /** Copies the maps, keeping their order. */
    public EntryMatcher {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** Any entry of a kind. */
    public static EntryMatcher of(Kind kind) {
        return new EntryMatcher(kind, null, null, null, Map.of(), Map.of(), null);
    }

    /** Only those with an event of this type. */
    public EntryMatcher ofType(String eventType) {
        return new EntryMatcher(kind, eventType, call, fork, values, details, failure);
    }

    /** Only those of this call, counted from 0. */
    public EntryMatcher inCall(int number) {
        return new EntryMatcher(kind, type, number, fork, values, details, failure);
    }

    /** Only those of this fork. */
    public EntryMatcher inFork(String name) {
        return new EntryMatcher(kind, type, call, name, values, details, failure);
    }

    /** Only those whose event has this entry. */
    public EntryMatcher with(String key, ValueMatcher value) {
        return new EntryMatcher(kind, type, call, fork, and(values, key, value), details, failure);
    }

    /** Only those whose event has this text, in which facts may stand. */
    public EntryMatcher with(String key, String text) {
        return with(key, new ValueMatcher.Is(Value.of(text)));
    }

    /** Only those whose event has this number. */
    public EntryMatcher with(String key, long number) {
        return with(key, new ValueMatcher.Is(Value.of(number)));
    }

    /** Only those whose event has this truth value. */
    public EntryMatcher with(String key, boolean flag) {
        return with(key, new ValueMatcher.Is(Value.of(flag)));
    }

    /** Only those whose event has this value. */
    public EntryMatcher with(String key, Value value) {
        return with(key, new ValueMatcher.Is(value));
    }

    /** Only those with this detail. */
    public EntryMatcher detail(String key, ValueMatcher value) {
        return new EntryMatcher(kind, type, call, fork, values, and(details, key, value), failure);
    }

    /** Only those with this detail. */
    public EntryMatcher detail(String key, Value value) {
        return detail(key, new ValueMatcher.Is(value));
    }

    /** Only those that tell that the client is gone. */
    public EntryMatcher clientGone() {
        return new EntryMatcher(kind, type, call, fork, values, details, FailureKind.CLIENT_GONE);
    }

    /** Only those that tell so by the exception which asgi4j has for it. */
    public EntryMatcher clientDisconnected() {
        return new EntryMatcher(kind, type, call, fork, values, details, FailureKind.CLIENT_DISCONNECTED);
    }

    /** Only those that tell by the exception which asgi4j has for it that the event may not be sent. */
    public EntryMatcher illegalEvent() {
        return new EntryMatcher(kind, type, call, fork, values, details, FailureKind.ILLEGAL_EVENT);
    }

    /** Only those that tell that the event may not be sent. */
    public EntryMatcher refused() {
        return new EntryMatcher(kind, type, call, fork, values, details, FailureKind.REFUSED);
    }

    private static Map<String, ValueMatcher> and(Map<String, ValueMatcher> map, String key, ValueMatcher value) {
        var more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    /** Tells whether an entry is one of them. */
    public boolean matches(TraceEntry entry, Facts facts) {
        var event = entry.event() == null ? Dict.empty() : Defaults.fill(entry.event());
        return isRough(entry) && holds(values, event, facts) && holds(details, entry.details(), facts);
    }

    /** Whether an entry is one of them, apart from its values, so that it is worth showing beside the expected one. */
    boolean isRough(TraceEntry entry) {
        return entry.kind() == kind
                && (type == null || type.equals(entry.eventType()))
                && (call == null || call == entry.call())
                && (fork == null || fork.equals(entry.fork()))
                && isFailure(entry);
    }

    private boolean isFailure(TraceEntry entry) {
        var error = entry.error();
        return switch (failure) {
            case null -> true;
            case CLIENT_GONE -> error != null && error.io();
            case CLIENT_DISCONNECTED -> isInstance(entry, "ClientDisconnectedException");
            case ILLEGAL_EVENT -> isInstance(entry, "IllegalEventException");
            case REFUSED -> error != null && !error.io();
        };
    }

    /** Whether an exception of this class was thrown, or one of a class of the server's own that extends it. */
    private static boolean isInstance(TraceEntry entry, String exception) {
        return entry.details().get("is") instanceof Value.Items classes
                && classes.items().contains(Value.of(exception));
    }

    private static boolean holds(Map<String, ValueMatcher> wanted, Dict dict, Facts facts) {
        return wanted.entrySet().stream().allMatch(entry -> entry.getValue().matches(dict.get(entry.getKey()), facts));
    }

    @Override
    public boolean matches(TraceView trace, Facts facts) {
        return trace.entries().stream().anyMatch(entry -> matches(entry, facts));
    }

    @Override
    public String actual(TraceView trace, Facts facts) {
        return trace.nearest(this, facts);
    }

    @Override
    public String expected() {
        return toString();
    }

    /** The entries in words. */
    @Override
    public String toString() {
        var text = new StringBuilder(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (type != null) {
            text.append(' ').append(type);
        }
        values.forEach((key, value) -> text.append(", ").append(key).append(' ').append(value.expected()));
        details.forEach(
                (key, value) -> text.append(", ").append(key).append(' ').append(value.expected()));
        text.append(
                switch (failure) {
                    case null -> "";
                    case CLIENT_GONE -> ", because the client is gone (an IOException, an OSError)";
                    case CLIENT_DISCONNECTED -> ", by a ClientDisconnectedException";
                    case ILLEGAL_EVENT -> ", by an IllegalEventException";
                    case REFUSED -> ", because the event is illegal (no IOException, no OSError)";
                });
        if (call != null) {
            text.append(", in call ").append(call + 1);
        }
        if (fork != null && !fork.equals(Step.Fork.MAIN)) {
            text.append(", in fork ").append(fork);
        }
        return text.toString();
    }
}
