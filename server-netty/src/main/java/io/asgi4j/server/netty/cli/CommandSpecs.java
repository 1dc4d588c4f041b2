package io.asgi4j.server.netty.cli;

import static java.util.stream.Collectors.toMap;

import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.Application;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The grammar of the command lines and their help, made from the definitions in {@link ServerOptions}. */
final class CommandSpecs {
    static final String CONFIG = "--config";
    static final String CLASS_PATH = "--class-path";

    /** Of the help where no terminal tells its own. */
    private static final int WIDTH = 100;

    private CommandSpecs() {}

    /** {@return the command line of a program that brings its application along} */
    static CommandSpec program(Service service) {
        var program = server(service).name("program");
        program.usageMessage()
                .description("Serves its ASGI application until SIGINT (CTRL+C) or SIGTERM.")
                .customSynopsis("program [OPTION...]");
        return program;
    }

    /** {@return the command line of the executable jar} */
    static CommandSpec executableJar(Service run, Service train) {
        var root = withHelp(CommandSpec.create().name("java -jar asgi4j.jar"))
                .addSubcommand("run", run(run))
                .addSubcommand("train", train(train));
        root.usageMessage().description("An ASGI server for the JVM.").commandListHeading("%nCommands:%n");
        return root;
    }

    private static CommandSpec run(Service service) {
        var run = server(service)
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .required(true)
                        .type(String.class)
                        .paramLabel("APPLICATION")
                        .description(
                                "A class that implements %s and has a public constructor without parameters; or class::member,"
                                                .formatted(Application.class.getName())
                                        + " a public static field or method that is an application or gives one.")
                        .build())
                .addOption(OptionSpec.builder(CLASS_PATH)
                        .type(String.class)
                        .paramLabel("PATH")
                        .description(
                                "Where the application's classes are: jars, directories and lib/*, separated by ':'.")
                        .build());
        run.usageMessage()
                .description("Serves an ASGI application until SIGINT (CTRL+C) or SIGTERM.")
                .customSynopsis("java -jar asgi4j.jar run [OPTION...] APPLICATION")
                .parameterListHeading("%n");
        return run;
    }

    private static CommandSpec train(Service service) {
        var train = server(service);
        train.usageMessage()
                .description("Starts, answers a few requests of its own, and ends:"
                        + " the JVM can learn from it how to start faster.")
                .customSynopsis("java -jar asgi4j.jar train [OPTION...]");
        return train;
    }

    private static CommandSpec server(Service service) {
        var server = withHelp(CommandSpec.wrapWithoutInspection(service));
        server.addOption(OptionSpec.builder(CONFIG)
                .type(String.class)
                .paramLabel("FILE")
                .description("Properties file with options of the server, for example keep-alive-timeout = 75s.")
                .build());
        ServerOptions.all().stream()
                .filter(option -> !option.isSecret())
                .forEach(option -> server.addOption(option(option)));
        server.usageMessage()
                .width(WIDTH)
                .descriptionHeading("%n")
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(Arrays.stream(ExitStatus.values())
                        .collect(toMap(
                                status -> String.valueOf(status.code()),
                                ExitStatus::meaning,
                                (one, other) -> one,
                                LinkedHashMap::new)))
                .footer(
                        "",
                        "Each option's default stands in brackets. Its value may also come from the environment"
                                + " (ASGI4J_KEEP_ALIVE_TIMEOUT=75s) or from the --config file; the command line counts"
                                + " before the environment, the environment before the file.",
                        "",
                        "The first SIGINT or SIGTERM stops gracefully, the second at once.")
                .sectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionHelp::render);
        return server;
    }

    private static CommandSpec withHelp(CommandSpec spec) {
        var version = CommandSpecs.class.getPackage().getImplementationVersion();
        spec.version("asgi4j %s, Java %s"
                .formatted(Objects.requireNonNullElse(version, "development build"), Runtime.version()));
        return spec.addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and end.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version and end.")
                        .build());
    }

    private static OptionSpec option(ServerOption<?> option) {
        var spec = OptionSpec.builder("--" + option.name());
        return option.isFlag()
                ? spec.type(Boolean.class).negatable(true).build()
                : spec.type(String.class).paramLabel(option.placeholder()).build();
    }
}
