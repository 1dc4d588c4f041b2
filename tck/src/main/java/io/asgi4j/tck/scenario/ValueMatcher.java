package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Defaults;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be true of a value in a scope, an event or the details of a trace entry. A missing key is null. */
public sealed interface ValueMatcher {
    /** In words that continue "path …". */
    String expected();

    /** Tells whether it is true. */
    boolean matches(@Nullable Value value, Facts facts);

    /** The value is this one. */
    record Is(Value wanted) implements ValueMatcher {
        @Override
        public String expected() {
            return "= " + Words.of(wanted);
        }

        @Override
        public boolean matches(@Nullable Value value, Facts facts) {
            return value != null
                    && Defaults.holds(
                            Dict.empty().with("value", value), Dict.empty().with("value", facts.fill(wanted)));
        }
    }

    /** The value is one of these. */
    record IsOneOf(List<Value> wanted) implements ValueMatcher {
        /** Copies the list. */
        public IsOneOf {
            wanted = List.copyOf(wanted);
        }

        @Override
        public String expected() {
            return "= " + Words.or(wanted.stream().map(Words::of).toList());
        }

        @Override
        public boolean matches(@Nullable Value value, Facts facts) {
            return wanted.stream().anyMatch(one -> new Is(one).matches(value, facts));
        }
    }

    /** There is a value other than nothing. */
    record Present() implements ValueMatcher {
        @Override
        public String expected() {
            return "is there";
        }

        @Override
        public boolean matches(@Nullable Value value, Facts facts) {
            return value != null && !value.equals(Value.NULL);
        }
    }

    /** There is no value, or it is nothing. */
    record Absent() implements ValueMatcher {
        @Override
        public String expected() {
            return "is missing or null";
        }

        @Override
        public boolean matches(@Nullable Value value, Facts facts) {
            return value == null || value.equals(Value.NULL);
        }
    }

    /** The value is text, or bytes, that contain this, or a list with this text as a member. */
    record Contains(String part) implements ValueMatcher {
        @Override
        public String expected() {
            return "contains \"" + part + "\"";
        }

        @Override
        public boolean matches(@Nullable Value value, Facts facts) {
            var filled = facts.fill(part);
            return (value instanceof Value.Text text && text.text().contains(filled))
                    || (value instanceof Value.Literal bytes && bytes.latin1().contains(filled))
                    || (value instanceof Value.Items list && list.items().contains(Value.of(filled)));
        }
    }

    /** The value is a number not below this. */
    record AtLeast(long least) implements ValueMatcher {
        @Override
        public String expected() {
            return ">= " + least;
        }

        @Override
        public boolean matches(@Nullable Value value, Facts facts) {
            return value instanceof Value.Whole whole && whole.number() >= least;
        }
    }

    /** The value is a dictionary that has this under a key. */
    record HasEntry(String key, Value wanted) implements ValueMatcher {
        @Override
        public String expected() {
            return "has %s = %s".formatted(key, Words.of(wanted));
        }

        @Override
        public boolean matches(@Nullable Value value, Facts facts) {
            return value instanceof Dict dict && new Is(wanted).matches(dict.get(key), facts);
        }
    }

    /** The value is a dictionary with, or without, a key. */
    record HasKey(String key, boolean there) implements ValueMatcher {
        @Override
        public String expected() {
            return there ? "has the key " + key : "lacks the key " + key;
        }

        @Override
        public boolean matches(@Nullable Value value, Facts facts) {
            return (value instanceof Dict dict && dict.get(key) != null) == there;
        }
    }
}
