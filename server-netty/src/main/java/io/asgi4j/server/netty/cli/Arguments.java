package io.asgi4j.server.netty.cli;

import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a command, taken apart: {@code --name value} or {@code --name=value}, {@code --flag} or {@code
 * --no-flag}, and the application.
 */
final class Arguments {
    private final Command command;
    private final Map<String, Spelling> spellings = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private @Nullable String application;

    /**
     * What a way to write an option means.
     *
     * @param option the name of the constant or of the server's option
     * @param implied the value, if the option is a flag
     */
    private record Spelling(String option, @Nullable String implied) {}

    private Arguments(Command command) {
        this.command = command;
        for (var option : command.options()) {
            var spelling = new Spelling(option.name(), option.isFlag() ? "true" : null);
            option.names().forEach(name -> spellings.put(name, spelling));
        }
        for (var option : ServerOptions.all()) {
            spellings.put("--" + option.name(), new Spelling(option.name(), option.isFlag() ? "true" : null));
            if (option.isFlag()) {
                spellings.put("--no-" + option.name(), new Spelling(option.name(), "false"));
            }
        }
    }

    /**
     * Takes arguments apart. If an option is given twice, the later value counts.
     *
     * @throws LaunchException if an argument is unknown or one too many, or if an option lacks its value
     */
    static Arguments parse(Command command, List<String> arguments) throws LaunchException {
        var parsed = new Arguments(command);
        var rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            var argument = rest.remove();
            if (argument.startsWith("-")) {
                parsed.option(argument, rest);
            } else {
                parsed.application(argument);
            }
        }
        return parsed;
    }

    private void option(String argument, Queue<String> rest) throws LaunchException {
        var equals = argument.indexOf('=');
        var name = equals < 0 ? argument : argument.substring(0, equals);
        var spelling = spellings.get(name);
        if (spelling == null) {
            throw command.refusal("there is no option " + name
                    + Nearest.to(name, spellings.keySet())
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse(""));
        }
        var implied = spelling.implied();
        if (implied != null && equals >= 0) {
            throw command.refusal(name + " takes no value");
        }
        values.put(
                spelling.option(),
                implied != null ? implied : equals >= 0 ? argument.substring(equals + 1) : value(name, rest));
    }

    private String value(String name, Queue<String> rest) throws LaunchException {
        var value = rest.poll();
        if (value == null || spellings.containsKey(value)) {
            throw command.refusal(name + " needs a value");
        }
        return value;
    }

    private void application(String argument) throws LaunchException {
        if (!command.takesApplication() || application != null) {
            throw command.refusal("'" + argument + "' is one argument too many");
        }
        application = argument;
    }

    boolean has(CommandOption option) {
        return values.containsKey(option.name());
    }

    /** {@return the value of an option, if it is given} */
    @Nullable
    String value(CommandOption option) {
        return values.get(option.name());
    }

    /** {@return the values of the server's options, as far as they are given} */
    Map<ServerOption<?>, String> serverOptions() {
        var given = new HashMap<ServerOption<?>, String>();
        for (var option : ServerOptions.all()) {
            var value = values.get(option.name());
            if (value != null) {
                given.put(option, value);
            }
        }
        return given;
    }

    /**
     * The name of the application.
     *
     * @throws LaunchException if none is given
     */
    String application() throws LaunchException {
        if (application == null) {
            throw command.refusal("no application was named: give its class, for example com.example.App");
        }
        return application;
    }
}
