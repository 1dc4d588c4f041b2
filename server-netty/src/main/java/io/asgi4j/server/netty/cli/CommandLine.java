package io.asgi4j.server.netty.cli;

import static io.asgi4j.server.netty.cli.CommandOption.CLASS_PATH;
import static io.asgi4j.server.netty.cli.CommandOption.CONFIG;
import static io.asgi4j.server.netty.cli.CommandOption.HELP;
import static io.asgi4j.server.netty.cli.CommandOption.VERSION;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.Application;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Does what a command line says: help, version, or an application served until it is stopped.
 *
 * <p>Used by the process's main thread alone. Every method blocks until the command has ended.
 */
final class CommandLine {
    private CommandLine() {}

    /** Where the application comes from. */
    @FunctionalInterface
    private interface ApplicationSource {
        Application load(Arguments arguments) throws LaunchException;
    }

    /** The command line of the executable jar. */
    static ExitStatus executableJar(List<String> arguments) {
        if (arguments.isEmpty()) {
            System.err.print(Help.ofExecutableJar());
            return ExitStatus.USAGE;
        }
        var rest = arguments.subList(1, arguments.size());
        return switch (arguments.getFirst()) {
            case "run" -> execute(Command.RUN, rest, CommandLine::load);
            case "-h", "--help" -> show(Help.ofExecutableJar());
            case "-V", "--version" -> show(version());
            default ->
                report(LaunchException.usage("there is no command '" + arguments.getFirst()
                        + "'; did you mean 'run'? ('java -jar asgi4j.jar --help' explains)"));
        };
    }

    /** The command line of a program that brings its application along. */
    static ExitStatus program(Application application, List<String> arguments) {
        return execute(Command.PROGRAM, arguments, parsed -> application);
    }

    private static ExitStatus execute(Command command, List<String> arguments, ApplicationSource source) {
        try {
            var parsed = Arguments.parse(command, arguments);
            if (parsed.has(HELP)) {
                return show(Help.of(command));
            }
            return parsed.has(VERSION) ? show(version()) : serve(parsed, source);
        } catch (LaunchException e) {
            return report(e);
        }
    }

    private static ExitStatus serve(Arguments arguments, ApplicationSource source) throws LaunchException {
        var file = arguments.value(CONFIG);
        var options = new OptionSources(arguments.serverOptions(), System.getenv(), file == null ? null : Path.of(file))
                .resolve();
        LaunchLog.configure(options.get(ServerOptions.LOG_LEVEL));
        try {
            return Launcher.serve(source.load(arguments), options);
        } finally {
            LaunchLog.flush();
        }
    }

    private static Application load(Arguments arguments) throws LaunchException {
        var name = ApplicationName.parse(arguments.application());
        var classPath = new ClassPath(Objects.requireNonNullElse(arguments.value(CLASS_PATH), ""));
        var loader = classPath.open();
        Thread.currentThread().setContextClassLoader(loader);
        return name.load(classPath, loader);
    }

    private static String version() {
        var version = CommandLine.class.getPackage().getImplementationVersion();
        return "asgi4j " + Objects.requireNonNullElse(version, "development build") + ", Java " + Runtime.version()
                + System.lineSeparator();
    }

    private static ExitStatus show(String text) {
        System.out.print(text);
        return ExitStatus.STOPPED;
    }

    private static ExitStatus report(LaunchException failure) {
        System.err.println("asgi4j: " + failure.getMessage());
        if (failure.getCause() != null) {
            failure.getCause().printStackTrace();
        }
        return failure.status();
    }
}
