package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Defaults;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import io.asgi4j.tck.script.Value.KnownBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must be true of a trace. */
public sealed interface TraceMatcher extends Matcher<TraceView>
        permits EntryMatcher,
                TraceMatcher.AtLeast,
                TraceMatcher.Exactly,
                TraceMatcher.InOrder,
                TraceMatcher.Calls,
                TraceMatcher.ScopeValue,
                TraceMatcher.RequestHeader,
                TraceMatcher.RequestBody,
                TraceMatcher.About,
                TraceMatcher.Custom {
    /** Whether it can turn false again, so that it is only worth looking at once all calls have ended. */
    default boolean isAboutAbsence() {
        return false;
    }

    @Override
    default String actual(TraceView trace, Facts facts) {
        return matches(trace, facts) ? "it is so" : trace.summary();
    }

    /** So many entries are like this, or more. */
    record AtLeast(EntryMatcher entry, int times) implements TraceMatcher {
        @Override
        public String expected() {
            return entry + (times == 1 ? "" : ", " + Words.times(times));
        }

        @Override
        public boolean matches(TraceView trace, Facts facts) {
            return count(trace, entry, facts) >= times;
        }

        @Override
        public String actual(TraceView trace, Facts facts) {
            return trace.nearest(entry, facts);
        }
    }

    /** So many entries are like this, and not one more. */
    record Exactly(EntryMatcher entry, int times) implements TraceMatcher {
        @Override
        public boolean isAboutAbsence() {
            return true;
        }

        @Override
        public String expected() {
            return times == 0 ? "never: " + entry : entry + ", exactly " + Words.times(times);
        }

        @Override
        public boolean matches(TraceView trace, Facts facts) {
            return count(trace, entry, facts) == times;
        }

        @Override
        public String actual(TraceView trace, Facts facts) {
            var count = count(trace, entry, facts);
            return times == 0 && count > 0
                    ? trace.nearest(entry, facts)
                    : "that happened %s; %s%s"
                            .formatted(
                                    count == 0 ? "not at all" : Words.times(count),
                                    trace.near(entry, facts),
                                    trace.summary());
        }
    }

    /** These entries follow one another, whatever is between them. */
    record InOrder(List<EntryMatcher> entries) implements TraceMatcher {
        /** Copies the list. */
        public InOrder {
            entries = List.copyOf(entries);
        }

        @Override
        public String expected() {
            return "in this order: "
                    + entries.stream().map(EntryMatcher::toString).collect(Collectors.joining("; then "));
        }

        @Override
        public boolean matches(TraceView trace, Facts facts) {
            return found(trace, facts) == entries.size();
        }

        @Override
        public String actual(TraceView trace, Facts facts) {
            var found = found(trace, facts);
            return found == entries.size() ? "it is so" : missing(entries.get(found), trace, facts);
        }

        private static String missing(EntryMatcher entry, TraceView trace, Facts facts) {
            return "\"%s\" is missing there; %s%s".formatted(entry, trace.near(entry, facts), trace.summary());
        }

        private int found(TraceView trace, Facts facts) {
            var found = 0;
            for (var entry : trace.entries()) {
                if (found < entries.size() && entries.get(found).matches(entry, facts)) {
                    found++;
                }
            }
            return found;
        }
    }

    /** So many calls began. */
    record Calls(int count) implements TraceMatcher {
        @Override
        public boolean isAboutAbsence() {
            return true;
        }

        @Override
        public String expected() {
            return count == 0
                    ? "that the application is not called"
                    : "that the application is called " + Words.times(count);
        }

        @Override
        public boolean matches(TraceView trace, Facts facts) {
            return trace.calls() == count;
        }

        @Override
        public String actual(TraceView trace, Facts facts) {
            return count > 0 && trace.calls() > 0
                    ? "it was called %s; %s".formatted(Words.times(trace.calls()), trace.summary())
                    : trace.summary();
        }
    }

    /** The scope of a call has a value under a key. */
    record ScopeValue(int call, String key, ValueMatcher value) implements TraceMatcher {
        @Override
        public String expected() {
            return "%s %s in the scope%s".formatted(key, value.expected(), ofCall(call));
        }

        @Override
        public boolean matches(TraceView trace, Facts facts) {
            var scope = scope(trace, call);
            return scope != null && value.matches(scope.get(key), facts);
        }

        @Override
        public String actual(TraceView trace, Facts facts) {
            var scope = scope(trace, call);
            if (scope == null) {
                return trace.summary();
            }
            var found = scope.get(key);
            return found == null ? "there is no " + key : "it is " + Words.of(found);
        }
    }

    /** The request's fields of a name, as the scope of a call has them, have exactly these values in this order. */
    record RequestHeader(int call, String name, List<String> values) implements TraceMatcher {
        /** Copies the list. */
        public RequestHeader {
            values = List.copyOf(values);
        }

        @Override
        public String expected() {
            return "%s in the scope%s"
                    .formatted(
                            values.isEmpty()
                                    ? "no field " + name
                                    : "the field " + name + " with the values " + Words.quoted(values),
                            ofCall(call));
        }

        @Override
        public boolean matches(TraceView trace, Facts facts) {
            var scope = scope(trace, call);
            return scope != null
                    && values(scope).equals(values.stream().map(facts::fill).toList());
        }

        @Override
        public String actual(TraceView trace, Facts facts) {
            var scope = scope(trace, call);
            if (scope == null) {
                return trace.summary();
            }
            var headers = scope.get("headers");
            return "the values are %s among %s"
                    .formatted(Words.quoted(values(scope)), headers == null ? "none" : Words.of(headers));
        }

        private List<String> values(Dict scope) {
            var found = new ArrayList<String>();
            if (scope.get("headers") instanceof Value.Items pairs) {
                for (var pair : pairs.items()) {
                    if (pair instanceof Value.Items items
                            && items.items().size() == 2
                            && items.items().get(0) instanceof Value.Literal key
                            && key.latin1().equals(name)
                            && items.items().get(1) instanceof Value.Literal value) {
                        found.add(value.latin1());
                    }
                }
            }
            return found;
        }
    }

    /** Together, the {@code http.request} events of a call hold exactly these bytes; {@code complete} if the last says so. */
    record RequestBody(int call, KnownBytes bytes, boolean complete) implements TraceMatcher {
        @Override
        public String expected() {
            return "%s in the http.request events%s, the last with more_body %s"
                    .formatted(
                            bytes.length() == 0 ? "no bytes" : "the bytes " + Words.of(bytes),
                            ofCall(call),
                            complete ? "false" : "true");
        }

        @Override
        public boolean matches(TraceView trace, Facts facts) {
            var body = ReceivedBody.of(trace, call);
            var wanted = facts.fill(bytes);
            return body.complete() == complete
                    && body.length() == wanted.length()
                    && body.sha256().equals(wanted.sha256());
        }

        @Override
        public String actual(TraceView trace, Facts facts) {
            var body = ReceivedBody.of(trace, call);
            if (body.events() == 0) {
                return "no http.request came; " + trace.summary();
            }
            return "%d events brought %s, the last with more_body %s"
                    .formatted(body.events(), body.shown(), body.complete() ? "false" : "true");
        }
    }

    /** Something that is about these requirements alone, of all those of its scenario. */
    record About(List<String> requirements, TraceMatcher matcher) implements TraceMatcher {
        /** Copies the list. */
        public About {
            requirements = List.copyOf(requirements);
        }

        @Override
        public boolean isAboutAbsence() {
            return matcher.isAboutAbsence();
        }

        @Override
        public String expected() {
            return matcher.expected();
        }

        @Override
        public boolean matches(TraceView trace, Facts facts) {
            return matcher.matches(trace, facts);
        }

        @Override
        public String actual(TraceView trace, Facts facts) {
            return matcher.actual(trace, facts);
        }

        @Override
        public Check check(String name, TraceView trace, Facts facts) {
            return matcher.check(name, trace, facts).about(requirements);
        }
    }

    /** Anything else. A lambda is no data, so this is for the rare cases for which nothing else will do. */
    record Custom(String expected, Predicate<TraceView> predicate) implements TraceMatcher {
        @Override
        public boolean matches(TraceView trace, Facts facts) {
            return predicate.test(trace);
        }
    }

    private static long count(TraceView trace, EntryMatcher matcher, Facts facts) {
        return trace.entries().stream()
                .filter(entry -> matcher.matches(entry, facts))
                .count();
    }

    private static @Nullable Dict scope(TraceView trace, int call) {
        return trace.ofCall(call).stream()
                .filter(entry -> entry.kind() == Kind.SCOPE)
                .findFirst()
                .map(TraceEntry::event)
                .map(Defaults::fill)
                .orElse(null);
    }

    private static String ofCall(int call) {
        return call == 0 ? "" : " of call " + (call + 1);
    }
}
