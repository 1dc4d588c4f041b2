package io.asgi4j.server.netty.cli;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of an option may come from: the command line counts before the environment, the environment before
 * the configuration file, and that before the default.
 *
 * @param commandLine the options given there, as text
 * @param environment the process's
 * @param configuration a properties file, if one was named
 */
record OptionSources(
        Map<ServerOption<?>, String> commandLine,
        Map<String, String> environment,
        @Nullable Path configuration) {

    /**
     * Reads all sources.
     *
     * @throws LaunchException if a value is not allowed, or the file cannot be read or names an unknown option
     */
    Options resolve() throws LaunchException {
        var options = configuration == null ? Options.defaults() : readFile(configuration);
        for (var option : ServerOptions.all()) {
            var variable = environment.get(option.environmentVariable());
            if (variable != null) {
                options = set(options, option, variable, "environment variable " + option.environmentVariable());
            }
            var argument = commandLine.get(option);
            if (argument != null) {
                options = set(options, option, argument, "command line");
            }
        }
        return options;
    }

    private static Options readFile(Path file) throws LaunchException {
        var options = Options.defaults();
        for (var entry : load(file).entrySet()) {
            options = set(options, named(entry.getKey(), file), entry.getValue(), file.toString());
        }
        return options;
    }

    private static Map<String, String> load(Path file) throws LaunchException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw LaunchException.usage("the configuration file %s cannot be read: %s".formatted(file, e));
        }
        // in order of their names, so that of several mistakes the same one is reported each time
        var entries = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(name -> entries.put(name, properties.getProperty(name)));
        return entries;
    }

    private static ServerOption<?> named(String name, Path file) throws LaunchException {
        for (var option : ServerOptions.all()) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        var names = ServerOptions.all().stream().map(ServerOption::name).toList();
        throw LaunchException.usage("%s: there is no option '%s'%s"
                .formatted(
                        file,
                        name,
                        Nearest.to(name, names)
                                .map("; did you mean '%s'?"::formatted)
                                .orElse("")));
    }

    private static Options set(Options options, ServerOption<?> option, String text, String source)
            throws LaunchException {
        try {
            return options.withText(option, text);
        } catch (IllegalArgumentException e) {
            throw LaunchException.usage(source + ": " + e.getMessage());
        }
    }
}
