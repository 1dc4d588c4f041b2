package io.asgi4j.tck;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a server must do differently from its defaults.
 *
 * @param values the options' values in text form
 */
public record StartOptions(Map<StartOption, String> values) {
    /** Everything as it is by default. */
    public static final StartOptions DEFAULT = new StartOptions(Map.of());

    /** Copies the map. */
    public StartOptions {
        values = Map.copyOf(values);
    }

    /** The value of an option of the kind {@link StartOption.Kind#TEXT}, if it has to be set. */
    public Optional<String> text(StartOption option) {
        return Optional.ofNullable(values.get(require(option, StartOption.Kind.TEXT)));
    }

    /** The value of an option of the kind {@link StartOption.Kind#DURATION}, if it has to be set. */
    public Optional<Duration> duration(StartOption option) {
        return Optional.ofNullable(values.get(require(option, StartOption.Kind.DURATION)))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)));
    }

    /** The value of an option of the kind {@link StartOption.Kind#COUNT}, if it has to be set. */
    public OptionalInt count(StartOption option) {
        var value = values.get(require(option, StartOption.Kind.COUNT));
        return value == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
    }

    /** These options and one more. */
    public StartOptions with(StartOption option, String text) {
        return and(require(option, StartOption.Kind.TEXT), text);
    }

    /** These options and one more. */
    public StartOptions with(StartOption option, Duration duration) {
        return and(require(option, StartOption.Kind.DURATION), Long.toString(duration.toMillis()));
    }

    /** These options and one more. */
    public StartOptions with(StartOption option, int count) {
        return and(require(option, StartOption.Kind.COUNT), Integer.toString(count));
    }

    /** These options and others, which win. */
    public StartOptions with(StartOptions others) {
        var more = new EnumMap<StartOption, String>(StartOption.class);
        more.putAll(values);
        more.putAll(others.values);
        return new StartOptions(more);
    }

    /** Those of these options that can be set. */
    public StartOptions only(Set<StartOption> settable) {
        var some = new EnumMap<StartOption, String>(StartOption.class);
        some.putAll(values);
        some.keySet().retainAll(settable);
        return new StartOptions(some);
    }

    private StartOptions and(StartOption option, String value) {
        return with(new StartOptions(Map.of(option, value)));
    }

    private static StartOption require(StartOption option, StartOption.Kind kind) {
        if (option.kind() != kind) {
            throw new IllegalArgumentException(option + " is not of the kind " + kind);
        }
        return option;
    }
}
