package io.asgi4j.samples.minimal;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The values of all limits; immutable.
 *
 * <p>Keeps: {@code flow.limits-named}.
 *
 * @param changed the limits that are not what they are unless another value is given
 */
public record Limits(Map<Limit, Integer> changed) {
    /** Copies the map. */
    public Limits {
        changed = Map.copyOf(changed);
    }

    /**
     * Returns the limits with the values that they have unless others are given.
     *
     * @return the limits
     */
    public static Limits standard() {
        return new Limits(Map.of());
    }

    /**
     * Returns the limits that the system properties give.
     *
     * @return the limits
     */
    public static Limits ofSystemProperties() {
        var changed = new EnumMap<Limit, Integer>(Limit.class);
        for (var limit : Limit.values()) {
            changed.put(limit, Integer.getInteger(limit.property(), limit.standard()));
        }
        return new Limits(changed);
    }

    /**
     * Returns these limits but for one.
     *
     * @param limit the one
     * @param value its value
     * @return other limits
     */
    public Limits with(Limit limit, int value) {
        var all = new EnumMap<Limit, Integer>(Limit.class);
        all.putAll(changed);
        all.put(limit, value);
        return new Limits(all);
    }

    /**
     * Returns the value of a limit.
     *
     * @param limit the limit
     * @return its value
     */
    public int get(Limit limit) {
        return changed.getOrDefault(limit, limit.standard());
    }

    /** The value of a limit in milliseconds, in nanoseconds. */
    long nanos(Limit limit) {
        return TimeUnit.MILLISECONDS.toNanos(get(limit));
    }

    /** The time, as {@link System#nanoTime} has it, at which a limit in milliseconds that begins now is over. */
    long deadline(Limit limit) {
        return System.nanoTime() + nanos(limit);
    }
}
