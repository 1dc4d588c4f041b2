package io.asgi4j.spec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message: an ordered list that may hold a name more than once.
 *
 * <p>Fields are carried as they were given: in order, never joined, never split. Names are lower-case; to look one up
 * its case does not matter.
 *
 * <p>Servers may implement this interface to show a structure of their own; only {@link #size()}, {@link #get(int)},
 * and the three methods of {@link Object} are left to them. An implementation must be immutable and thread-safe, and
 * must keep the contract of {@link #equals(Object)}, {@link #hashCode()} and {@link #toString()}, for which
 * {@link #areEqual(Headers, Object)}, {@link #hash(Headers)} and {@link #describe(Headers)} are there.
 *
 * <p>Rules: {@code core.headers.pairs-kept}, {@code core.headers.order-kept}, {@code core.headers.request-order-kept},
 * {@code core.headers.response-order-kept}.
 */
public interface Headers extends Iterable<Header> {

    /**
     * Returns the number of fields.
     *
     * @return the number, repeated names counted each time
     */
    int size();

    /**
     * Returns the field at a position.
     *
     * @param index the position, from 0
     * @return the field
     * @throws IndexOutOfBoundsException if there is no such position
     */
    Header get(int index);

    /**
     * Returns the value of the first field of a name.
     *
     * @param name the name, in any case
     * @return the value, or {@code null} if there is no such field
     */
    default @Nullable String first(String name) {
        for (int i = 0, size = size(); i < size; i++) {
            var field = get(i);
            if (Syntax.isName(field.name(), name)) {
                return field.value();
            }
        }
        return null;
    }

    /**
     * Returns the values of all fields of a name.
     *
     * @param name the name, in any case
     * @return the values in their order, perhaps none
     */
    default List<String> all(String name) {
        var values = new ArrayList<String>();
        for (int i = 0, size = size(); i < size; i++) {
            var field = get(i);
            if (Syntax.isName(field.name(), name)) {
                values.add(field.value());
            }
        }
        return List.copyOf(values);
    }

    /**
     * Tells whether there is a field of a name.
     *
     * @param name the name, in any case
     * @return whether there is one
     */
    default boolean contains(String name) {
        return first(name) != null;
    }

    /**
     * Returns these headers and one more field at the end.
     *
     * @param name the name of the field
     * @param value the value of the field
     * @return other headers
     * @throws IllegalArgumentException if name or value is not valid
     */
    default Headers with(String name, String value) {
        var fields = new Header[size() + 1];
        for (int i = 0; i < fields.length - 1; i++) {
            fields[i] = get(i);
        }
        fields[fields.length - 1] = new Header(name, value);
        return new HeaderArray(fields);
    }

    /**
     * Returns these headers with one field in the place of all of that name, or at the end if there was none.
     *
     * @param name the name of the field
     * @param value the value of the field
     * @return other headers
     * @throws IllegalArgumentException if name or value is not valid
     */
    default Headers replace(String name, String value) {
        var replacement = new Header(name, value);
        var builder = new Builder(size() + 1);
        var placed = false;
        for (var field : this) {
            if (!field.name().equals(name)) {
                builder.add(field);
            } else if (!placed) {
                builder.add(replacement);
                placed = true;
            }
        }
        return placed ? builder.build() : builder.add(replacement).build();
    }

    /**
     * Returns these headers without any field of a name.
     *
     * @param name the name, in any case
     * @return other headers, or these if there was no such field
     */
    default Headers without(String name) {
        if (!contains(name)) {
            return this;
        }
        var builder = new Builder(size());
        for (var field : this) {
            if (!Syntax.isName(field.name(), name)) {
                builder.add(field);
            }
        }
        return builder.build();
    }

    /**
     * Returns an iterator over the fields in their order; it cannot remove any.
     *
     * @return the iterator
     */
    @Override
    default Iterator<Header> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Header next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }

    /**
     * Tells whether the other object is {@code Headers}, of any class, with the same fields in the same order.
     *
     * @param other the other object
     * @return whether it is equal
     */
    @Override
    boolean equals(@Nullable Object other);

    /**
     * Returns the hash code that a {@link List} of the fields has.
     *
     * @return the hash code
     */
    @Override
    int hashCode();

    /**
     * Returns the fields in their order, such as {@code [host: localhost, accept: text/html]}; long values are cut.
     *
     * @return a text for people
     */
    @Override
    String toString();

    /**
     * Does what every implementation's {@link #equals(Object)} must do.
     *
     * @param headers the one
     * @param other the other
     * @return whether they are equal
     */
    static boolean areEqual(Headers headers, @Nullable Object other) {
        if (!(other instanceof Headers that) || headers.size() != that.size()) {
            return false;
        }
        for (int i = 0, size = headers.size(); i < size; i++) {
            if (!headers.get(i).equals(that.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Does what every implementation's {@link #hashCode()} must do.
     *
     * @param headers the headers
     * @return their hash code
     */
    static int hash(Headers headers) {
        var hash = 1;
        for (var field : headers) {
            hash = 31 * hash + field.hashCode();
        }
        return hash;
    }

    /**
     * Does what every implementation's {@link #toString()} must do.
     *
     * @param headers the headers
     * @return their text
     */
    static String describe(Headers headers) {
        var text = new StringBuilder("[");
        for (var field : headers) {
            text.append(text.length() == 1 ? "" : ", ").append(field);
        }
        return text.append(']').toString();
    }

    /**
     * Returns no headers.
     *
     * @return the same object on every call
     */
    static Headers empty() {
        return HeaderArray.EMPTY;
    }

    /**
     * Returns headers of names and values.
     *
     * @param namesAndValues a name, its value, the next name, its value, and so on
     * @return the headers in this order
     * @throws IllegalArgumentException if a name or a value is not valid, or the last value is missing
     */
    static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a value is missing after the last name");
        }
        var fields = new Header[namesAndValues.length / 2];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new Header(namesAndValues[2 * i], namesAndValues[2 * i + 1]);
        }
        return new HeaderArray(fields);
    }

    /**
     * Returns headers of fields.
     *
     * @param fields the fields
     * @return the headers in this order
     */
    static Headers of(List<Header> fields) {
        var array = fields.toArray(Header[]::new);
        for (var field : array) {
            Objects.requireNonNull(field, "field");
        }
        return new HeaderArray(array);
    }

    /**
     * Returns a builder without fields.
     *
     * @return a new builder
     */
    static Builder builder() {
        return new Builder(8);
    }

    /** Puts headers together field by field; not thread-safe. */
    final class Builder {
        private final ArrayList<Header> fields;

        private Builder(int capacity) {
            fields = new ArrayList<>(capacity);
        }

        /**
         * Appends a field.
         *
         * @param name the name of the field
         * @param value the value of the field
         * @return this builder
         * @throws IllegalArgumentException if name or value is not valid
         */
        public Builder add(String name, String value) {
            return add(new Header(name, value));
        }

        /**
         * Appends a field.
         *
         * @param field the field
         * @return this builder
         */
        public Builder add(Header field) {
            fields.add(Objects.requireNonNull(field, "field"));
            return this;
        }

        /**
         * Appends fields.
         *
         * @param fields the fields, {@link Headers} for example
         * @return this builder
         */
        public Builder addAll(Iterable<Header> fields) {
            fields.forEach(this::add);
            return this;
        }

        /**
         * Returns the headers.
         *
         * @return headers that later calls of this builder do not change
         */
        public Headers build() {
            return fields.isEmpty() ? Headers.empty() : new HeaderArray(fields.toArray(Header[]::new));
        }
    }
}
