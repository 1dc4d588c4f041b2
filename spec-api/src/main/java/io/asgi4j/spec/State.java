package io.asgi4j.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application's own data: names and objects; thread-safe.
 *
 * <p>What the application puts into the state of its {@link LifespanScope} is there in every later scope. Each of these
 * has a shallow copy: what it puts or removes concerns nobody else, the objects themselves are shared. The server
 * writes nothing into any.
 *
 * <p>Meant for a handful of entries: to copy a state or to read from it costs nothing, to write to it costs a copy of
 * its entries.
 *
 * <p>Rules: {@code state.copied}, {@code state.untouched}, {@code state.thread-safe}.
 */
public final class State {

    /** Replaced as a whole by every change and never changed itself, so that copies and snapshots may share it. */
    private volatile Map<String, Object> entries;

    /** Makes a state without entries. */
    public State() {
        this(Map.of());
    }

    private State(Map<String, Object> entries) {
        this.entries = entries;
    }

    /**
     * Returns a value.
     *
     * @param <T> the class of the value
     * @param key the name
     * @param type the class of the value
     * @return the value, or nothing if there is none of this name
     * @throws ClassCastException if the value is of another class
     */
    public <T> Optional<T> get(String key, Class<T> type) {
        return Optional.ofNullable(type.cast(entries.get(key)));
    }

    /**
     * Puts a value, in the place of the one that had the name before.
     *
     * @param key the name
     * @param value the value
     * @return the value before, or {@code null} if there was none
     */
    public synchronized @Nullable Object put(String key, Object value) {
        var changed = new LinkedHashMap<>(entries);
        var previous = changed.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        entries = Collections.unmodifiableMap(changed);
        return previous;
    }

    /**
     * Removes a value.
     *
     * @param key the name
     * @return the value, or {@code null} if there was none
     */
    public synchronized @Nullable Object remove(String key) {
        if (!entries.containsKey(key)) {
            return null;
        }
        var changed = new LinkedHashMap<>(entries);
        var previous = changed.remove(key);
        entries = Collections.unmodifiableMap(changed);
        return previous;
    }

    /**
     * Returns all entries as they are now.
     *
     * @return an immutable map that later changes do not reach
     */
    public Map<String, Object> asMap() {
        return entries;
    }

    /**
     * Returns a shallow copy: later changes of the one do not reach the other, the objects are shared.
     *
     * <p>Takes the same short time however many entries there are.
     *
     * @return another state
     */
    public State copy() {
        return new State(entries);
    }

    /**
     * Tells whether the other object is a state with equal entries now.
     *
     * @param other the other object
     * @return whether it is equal
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof State that && entries.equals(that.entries));
    }

    @Override
    public int hashCode() {
        return entries.keySet().hashCode();
    }

    /**
     * Returns the names of the entries; not the values, which may be large, secret or refer to this state.
     *
     * @return for example {@code [database, started]}
     */
    @Override
    public String toString() {
        return entries.keySet().toString();
    }
}
