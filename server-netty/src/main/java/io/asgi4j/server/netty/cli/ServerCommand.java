package io.asgi4j.server.netty.cli;

import io.asgi4j.server.netty.NettyServer;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.training.Echo;
import io.asgi4j.server.netty.training.Training;
import io.asgi4j.spec.Application;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Does what a command line says: help, version, or an application served until it is stopped.
 *
 * <p>Used by the process's main thread alone.
 */
final class ServerCommand {
    private final CommandLine commandLine;

    private ServerCommand(CommandSpec spec) {
        commandLine = new CommandLine(spec)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(ServerCommand::reportUsage)
                .setExecutionStrategy(this::execute);
    }

    /** {@return the command of a program that brings its application along} */
    static ServerCommand of(Application application) {
        return new ServerCommand(CommandSpecs.program(
                (arguments, options) -> Launcher.serve(application, options, NettyServer::awaitClosed)));
    }

    /** {@return the command of the executable jar, whose {@code run} takes the name of a class} */
    static ServerCommand ofExecutableJar() {
        return new ServerCommand(CommandSpecs.executableJar(ServerCommand::run, ServerCommand::train));
    }

    /** Does what the arguments say; blocks until the server has stopped. {@return the exit status} */
    int execute(String... arguments) {
        return commandLine.execute(arguments);
    }

    private int execute(ParseResult parsed) {
        var help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        var arguments = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        if (!(arguments.commandSpec().userObject() instanceof Service service)) {
            commandLine.usage(commandLine.getErr());
            return ExitStatus.USAGE.code();
        }
        try {
            var options = options(arguments);
            LaunchLog.configure(options.get(ServerOptions.LOG_LEVEL));
            return service.serve(arguments, options).code();
        } catch (LaunchException e) {
            return report(e, commandLine.getErr());
        } finally {
            LaunchLog.flush();
        }
    }

    private static ExitStatus run(ParseResult arguments, Options options) throws LaunchException {
        var classPath = new ClassPath(arguments.matchedOptionValue(CommandSpecs.CLASS_PATH, ""));
        return Launcher.serve(
                load(arguments.matchedPositionalValue(0, ""), classPath), options, NettyServer::awaitClosed);
    }

    private static ExitStatus train(ParseResult arguments, Options options) throws LaunchException {
        var application = load(Echo.class.getName(), new ClassPath(""));
        return Launcher.serve(application, Training.options(options), Training::visit);
    }

    private static Application load(String name, ClassPath classPath) throws LaunchException {
        var loader = classPath.open();
        Thread.currentThread().setContextClassLoader(loader);
        return ApplicationName.parse(name).load(classPath, loader);
    }

    private static Options options(ParseResult arguments) throws LaunchException {
        var given = new HashMap<ServerOption<?>, String>();
        for (var option : ServerOptions.all()) {
            var value = arguments.matchedOptionValue("--" + option.name(), (@Nullable Object) null);
            if (value != null) {
                given.put(option, value.toString());
            }
        }
        String file = arguments.matchedOptionValue(CommandSpecs.CONFIG, (@Nullable String) null);
        return new OptionSources(given, System.getenv(), file == null ? null : Path.of(file)).resolve();
    }

    private static int report(LaunchException failure, PrintWriter err) {
        err.println("asgi4j: " + failure.getMessage());
        if (failure.getCause() != null) {
            failure.getCause().printStackTrace(err);
        }
        err.flush();
        return failure.status().code();
    }

    private static int reportUsage(ParameterException failure, String... arguments) {
        var message = switch (failure) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing ->
                missing(missing.getMissing().getFirst());
            default -> failure.getMessage();
        };
        var command = failure.getCommandLine().getCommandSpec().qualifiedName();
        var err = failure.getCommandLine().getErr();
        err.printf("asgi4j: %s ('%s --help' explains)%n", message, command);
        err.flush();
        return ExitStatus.USAGE.code();
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? "%s needs a value".formatted(option.longestName())
                : "no application was named: give its class, for example com.example.App";
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        var argument = failure.getUnmatched().getFirst();
        var spec = failure.getCommandLine().getCommandSpec();
        var name = argument.replaceFirst("=.*", "");
        if (!name.startsWith("-")) {
            var unknown = "'%s' is one argument too many".formatted(argument);
            return spec.subcommands().isEmpty()
                    ? unknown
                    : "there is no command '%s'; did you mean 'run'?".formatted(argument);
        }
        return "there is no option %s%s"
                .formatted(
                        name,
                        Nearest.to(name, spec.optionsMap().keySet())
                                .map("; did you mean %s?"::formatted)
                                .orElse(""));
    }
}
