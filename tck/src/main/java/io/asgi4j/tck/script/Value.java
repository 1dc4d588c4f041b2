package io.asgi4j.tck.script;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can stand in an ASGI scope or event, as data that reads and writes JSON and means the same in every language.
 *
 * <p>JSON has no bytes: a JSON string is always text, and bytes are objects with keys that begin with a dollar sign. All values
 * are immutable and compare by their content; {@link Bytes} of different forms compare by {@link Bytes#isSameAs}.
 */
public sealed interface Value {
    /** What is there where nothing is: JSON's {@code null}, Python's {@code None}. */
    Value NULL = Null.NULL;

    /** Text, in JSON a string. */
    static Text of(String text) {
        return new Text(text);
    }

    /** A whole number. */
    static Whole of(long number) {
        return new Whole(number);
    }

    /** A truth value. */
    static Flag of(boolean flag) {
        return new Flag(flag);
    }

    /** Bytes, which are copied. */
    static Bytes of(byte[] bytes) {
        return new Literal(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** The bytes of a text in UTF-8. */
    static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes of a text in ISO-8859-1, in which protocol text is kept. */
    static Bytes latin1(String text) {
        return new Literal(text);
    }

    /** As many bytes as asked for, which repeat the pattern. */
    static Bytes fill(String pattern, int length) {
        return new Fill(pattern, length);
    }

    /** A list. */
    static Items list(Value... items) {
        return new Items(List.of(items));
    }

    /** A list. */
    static Items list(List<? extends Value> items) {
        return new Items(List.copyOf(items));
    }

    /** Text: Python's {@code str}. */
    record Text(String text) implements Value {}

    /** A whole number. */
    record Whole(long number) implements Value {}

    /** A truth value. */
    record Flag(boolean flag) implements Value {}

    /** Nothing. */
    enum Null implements Value {
        /** The only one. */
        NULL
    }

    /** A list, or a tuple. */
    record Items(List<Value> items) implements Value {
        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A dictionary that keeps the order of its entries: an event, a scope, a part of one. */
    record Dict(Map<String, Value> entries) implements Value {
        private static final Dict EMPTY = new Dict(Map.of());

        /** Copies the map. */
        public Dict {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** A dictionary without entries. */
        public static Dict empty() {
            return EMPTY;
        }

        /** The value under a key, or null if there is no such key. */
        public @Nullable Value get(String key) {
            return entries.get(key);
        }

        /** The text under the key {@code type}, by which ASGI tells events and scopes apart; empty if there is none. */
        public String type() {
            return get("type") instanceof Text type ? type.text() : "";
        }

        /** This dictionary with one entry more, or with another value in its place. */
        public Dict with(String key, Value value) {
            var changed = new LinkedHashMap<>(entries);
            changed.put(key, value);
            return new Dict(changed);
        }

        /** This dictionary with the text as one entry more. */
        public Dict with(String key, String text) {
            return with(key, of(text));
        }

        /** This dictionary with the number as one entry more. */
        public Dict with(String key, long number) {
            return with(key, of(number));
        }

        /** This dictionary with the truth value as one entry more. */
        public Dict with(String key, boolean flag) {
            return with(key, of(flag));
        }
    }

    /** Bytes in one of several forms. */
    sealed interface Bytes extends Value {
        /** How many they are. */
        long length();

        /** Their SHA-256 in lower-case hexadecimal digits. */
        String sha256();

        /** Tells whether these are the same bytes, whatever their forms. */
        default boolean isSameAs(Bytes other) {
            return equals(other) || (length() == other.length() && sha256().equals(other.sha256()));
        }
    }

    /** Bytes whose content is at hand. */
    sealed interface KnownBytes extends Bytes {
        /** Makes an array of them, which is the caller's. */
        byte[] toByteArray();

        @Override
        default String sha256() {
            return Sha256.of(toByteArray());
        }
    }

    /**
     * Bytes one by one.
     *
     * @param latin1 one character per byte
     */
    record Literal(String latin1) implements KnownBytes {
        /** Checks that each character stands for a byte. */
        public Literal {
            if (latin1.chars().anyMatch(c -> c > 0xff)) {
                throw new IllegalArgumentException("not ISO-8859-1 text");
            }
        }

        @Override
        public long length() {
            return latin1.length();
        }

        @Override
        public byte[] toByteArray() {
            return latin1.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** Bytes that repeat the UTF-8 form of a pattern up to a length, so that a script of a few bytes makes large bodies. */
    record Fill(String pattern, long length) implements KnownBytes {
        /** The largest length. */
        public static final long MAX_LENGTH = 64L << 20;

        /** Checks that there is something to repeat, and not too often. */
        public Fill {
            if (pattern.isEmpty()) {
                throw new IllegalArgumentException("$fill is empty");
            }
            if (length < 0 || length > MAX_LENGTH) {
                throw new IllegalArgumentException("$len " + length + " is not in the range 0 to " + MAX_LENGTH);
            }
        }

        @Override
        public byte[] toByteArray() {
            var unit = pattern.getBytes(StandardCharsets.UTF_8);
            var bytes = new byte[Math.toIntExact(length)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = unit[i % unit.length];
            }
            return bytes;
        }
    }

    /** Bytes too many to be kept in a trace. */
    record DigestedBytes(long length, String sha256) implements Bytes {}

    /**
     * Text too long to be kept in a trace.
     *
     * @param length of its UTF-8 form, in bytes
     * @param sha256 of its UTF-8 form
     */
    record DigestedText(long length, String sha256) implements Value {}

    /** A file that a step made, opened for reading; each call has one handle for a name. */
    record FileHandle(String name) implements Value {}

    /** The absolute path of a file that a step made; of a file that does not exist if none did. */
    record FilePath(String name) implements Value {}

    /** Something that has no place in ASGI, described for people. */
    record Opaque(String description) implements Value {}
}
