package io.asgi4j.server.netty.cli;

import static io.asgi4j.server.netty.cli.CommandOption.CLASS_PATH;
import static io.asgi4j.server.netty.cli.CommandOption.CONFIG;
import static io.asgi4j.server.netty.cli.CommandOption.HELP;
import static io.asgi4j.server.netty.cli.CommandOption.VERSION;

import io.asgi4j.server.netty.NettyServer;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.training.Echo;
import io.asgi4j.server.netty.training.Training;
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

    /** Serves until the server has stopped. */
    @FunctionalInterface
    private interface Service {
        ExitStatus serve(Arguments arguments, Options options) throws LaunchException;
    }

    /** The command line of the executable jar. */
    static ExitStatus executableJar(List<String> arguments) {
        if (arguments.isEmpty()) {
            System.err.print(Help.ofExecutableJar());
            return ExitStatus.USAGE;
        }
        var rest = arguments.subList(1, arguments.size());
        return switch (arguments.getFirst()) {
            case "run" -> execute(Command.RUN, rest, CommandLine::run);
            case "train" -> execute(Command.TRAIN, rest, CommandLine::train);
            case "-h", "--help" -> show(Help.ofExecutableJar());
            case "-V", "--version" -> show(version());
            default ->
                report(LaunchException.usage("there is no command '" + arguments.getFirst()
                        + "'; did you mean 'run'? ('java -jar asgi4j.jar --help' explains)"));
        };
    }

    /** The command line of a program that brings its application along. */
    static ExitStatus program(Application application, List<String> arguments) {
        return execute(
                Command.PROGRAM,
                arguments,
                (parsed, options) -> Launcher.serve(application, options, NettyServer::awaitClosed));
    }

    private static ExitStatus execute(Command command, List<String> arguments, Service service) {
        try {
            var parsed = Arguments.parse(command, arguments);
            if (parsed.has(HELP)) {
                return show(Help.of(command));
            }
            return parsed.has(VERSION) ? show(version()) : serve(parsed, service);
        } catch (LaunchException e) {
            return report(e);
        }
    }

    private static ExitStatus serve(Arguments arguments, Service service) throws LaunchException {
        var file = arguments.value(CONFIG);
        var options = new OptionSources(arguments.serverOptions(), System.getenv(), file == null ? null : Path.of(file))
                .resolve();
        LaunchLog.configure(options.get(ServerOptions.LOG_LEVEL));
        try {
            return service.serve(arguments, options);
        } finally {
            LaunchLog.flush();
        }
    }

    private static ExitStatus run(Arguments arguments, Options options) throws LaunchException {
        var classPath = new ClassPath(Objects.requireNonNullElse(arguments.value(CLASS_PATH), ""));
        return Launcher.serve(load(arguments.application(), classPath), options, NettyServer::awaitClosed);
    }

    private static ExitStatus train(Arguments arguments, Options options) throws LaunchException {
        var application = load(Echo.class.getName(), new ClassPath(""));
        return Launcher.serve(application, Training.options(options), Training::visit);
    }

    private static Application load(String name, ClassPath classPath) throws LaunchException {
        var loader = classPath.open();
        Thread.currentThread().setContextClassLoader(loader);
        return ApplicationName.parse(name).load(classPath, loader);
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
