package io.asgi4j.server.netty.options;

import java.util.HashMap;
import java.util.Map;

/**
 * A value for every option of the server.
 *
 * <p>Immutable. An option that was not set has its default.
 */
public final class Options {
    private static final Options DEFAULTS = new Options(Map.of());

    private final Map<ServerOption<?>, Object> values;

    private Options(Map<ServerOption<?>, Object> values) {
        this.values = values;
    }

    /** {@return every option at its default} */
    public static Options defaults() {
        return DEFAULTS;
    }

    /** {@return the value of an option} */
    public <T> T get(ServerOption<T> option) {
        var value = values.get(option);
        return value == null ? option.defaultValue() : option.cast(value);
    }

    /**
     * Returns these options with one of them changed.
     *
     * @throws IllegalArgumentException if the value is out of the option's range
     */
    public <T> Options with(ServerOption<T> option, T value) {
        var changed = new HashMap<>(values);
        changed.put(option, option.check(value));
        return new Options(Map.copyOf(changed));
    }

    /**
     * Returns these options with one of them changed to a value given as text.
     *
     * @throws IllegalArgumentException if the text is no allowed value of the option
     */
    public <T> Options withText(ServerOption<T> option, String text) {
        return with(option, option.parse(text));
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var option : ServerOptions.all()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(option.name())
                    .append('=')
                    .append(print(option));
        }
        return text.toString();
    }

    private <T> String print(ServerOption<T> option) {
        return option.print(get(option));
    }
}
