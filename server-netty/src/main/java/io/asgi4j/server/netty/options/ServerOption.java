package io.asgi4j.server.netty.options;

import java.util.Locale;

/**
 * One setting of the server: its name, its type, its default and the reason for both.
 *
 * <p>The same definition serves the builder ({@code NettyServer.Builder.option}), the command line
 * ({@code --keep-alive-timeout 75s}), the environment ({@code ASGI4J_KEEP_ALIVE_TIMEOUT=75s}), a properties file
 * ({@code keep-alive-timeout = 75s}) and the help. The constants are in {@link ServerOptions}. Immutable; two options
 * are equal only if they are the same object.
 *
 * @param <T> the type of the option's values
 */
public final class ServerOption<T> {
    private final OptionGroup group;
    private final String name;
    private final OptionType<T> type;
    private final T defaultValue;
    private final String description;
    private final String reason;

    ServerOption(
            OptionGroup group, String name, OptionType<T> type, T defaultValue, String description, String reason) {
        this.group = group;
        this.name = name;
        this.type = type;
        this.description = description;
        this.reason = reason;
        this.defaultValue = check(defaultValue);
    }

    /** {@return the name in kebab case, for example {@code keep-alive-timeout}} */
    public String name() {
        return name;
    }

    /** {@return the environment variable that sets this option, for example {@code ASGI4J_KEEP_ALIVE_TIMEOUT}} */
    public String environmentVariable() {
        return "ASGI4J_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** {@return the part of the server this option is about} */
    public OptionGroup group() {
        return group;
    }

    /** {@return the value that holds where none is given} */
    public T defaultValue() {
        return defaultValue;
    }

    /** {@return what the option sets, in one sentence} */
    public String description() {
        return description;
    }

    /** {@return why the option exists or why its default is what it is, in one sentence} */
    public String reason() {
        return reason;
    }

    /** {@return what stands for the value in the help; empty for an option that is either on or off} */
    public String placeholder() {
        return type.placeholder();
    }

    /** {@return whether the option is either on or off, so that its name alone says on} */
    public boolean isFlag() {
        return type.valueClass() == Boolean.class;
    }

    /** {@return whether the value is nobody's business, so that the command line, which everybody may see, does not take it} */
    public boolean isSecret() {
        return type.valueClass() == Secret.class;
    }

    /** {@return the allowed values in words, for example {@code a number from 0 to 65535}} */
    public String allowed() {
        return type.allowed();
    }

    /**
     * Reads a value from text.
     *
     * @param text as on the command line; space around it is ignored
     * @return the value, in range
     * @throws IllegalArgumentException if the text is no allowed value; its message names the option and what it takes
     */
    public T parse(String text) {
        var value = type.reader().apply(text.strip());
        if (value == null || !type.accepts().test(value)) {
            throw refused(text.strip());
        }
        return value;
    }

    /** {@return the value as text that {@link #parse} understands} */
    public String print(T value) {
        return type.writer().apply(value);
    }

    /**
     * Returns the value if it is allowed.
     *
     * @throws IllegalArgumentException if it is not; its message names the option and what it takes
     */
    T check(T value) {
        if (!type.accepts().test(value)) {
            throw refused(print(value));
        }
        return value;
    }

    T cast(Object value) {
        return type.valueClass().cast(value);
    }

    private IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("%s cannot be '%s': it takes %s".formatted(name, text, type.allowed()));
    }

    @Override
    public String toString() {
        return name;
    }
}
