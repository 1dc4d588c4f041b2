package io.asgi4j.server.netty.cli;

import static java.util.stream.Collectors.toMap;

import io.asgi4j.server.netty.OptionGroup;
import io.asgi4j.server.netty.ServerOption;
import io.asgi4j.server.netty.ServerOptions;
import io.asgi4j.spec.Application;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The grammar of the command lines and the text of their help, made from the definitions in {@link ServerOptions}. */
final class CommandSpecs {
    static final String CONFIG = "--config";
    static final String CLASS_PATH = "--class-path";

    private static final int OPTION_COLUMN = 36;

    private CommandSpecs() {}

    /** {@return the command line of a program that brings its application along} */
    static CommandSpec program() {
        var spec = server();
        spec.name("program").usageMessage().customSynopsis("Usage: program [OPTION...]");
        return spec;
    }

    /** {@return the command line of the executable jar} */
    static CommandSpec executableJar() {
        var run = server().addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("1")
                        .type(String.class)
                        .paramLabel("APPLICATION")
                        .description(
                                "Class with a public constructor without parameters that implements "
                                        + Application.class.getName() + ",",
                                "or class::member: a public static field or method that is an application or gives"
                                        + " one.")
                        .build())
                .addOption(OptionSpec.builder(CLASS_PATH, "-cp")
                        .type(String.class)
                        .paramLabel("PATH")
                        .description(
                                "Where the application's classes are: jars, directories and lib/*, separated by ':'.")
                        .build());
        run.usageMessage()
                .customSynopsis("Usage: java -jar asgi4j.jar run [OPTION...] APPLICATION")
                .description("", "Serves an ASGI application until SIGINT (CTRL+C) or SIGTERM.", "");
        var root = withHelp(CommandSpec.create().name("java -jar asgi4j.jar")).addSubcommand("run", run);
        root.usageMessage()
                .synopsisSubcommandLabel("run [OPTION...] APPLICATION")
                .description("An ASGI server for the JVM.");
        return root;
    }

    /** {@return whether a command starts a server} */
    static boolean isServer(CommandSpec spec) {
        return spec.findOption(CONFIG) != null;
    }

    private static CommandSpec server() {
        var spec = withHelp(CommandSpec.create());
        spec.addOption(OptionSpec.builder(CONFIG)
                .type(String.class)
                .paramLabel("FILE")
                .description("Properties file with options, for example keep-alive-timeout = 75s.")
                .build());
        for (var group : OptionGroup.values()) {
            spec.addArgGroup(group(group));
        }
        spec.usageMessage()
                .sortOptions(false)
                .longOptionsMaxWidth(OPTION_COLUMN)
                .footer(
                        "",
                        "An option may also come from the environment (ASGI4J_KEEP_ALIVE_TIMEOUT=75s) or from the"
                                + " --config file.",
                        "The command line counts before the environment, the environment before the file.",
                        "",
                        "The first SIGINT or SIGTERM stops gracefully, the second at once.",
                        "")
                .exitCodeListHeading("Exit status:%n")
                .exitCodeList(Arrays.stream(ExitStatus.values())
                        .collect(toMap(
                                status -> String.valueOf(status.code()),
                                ExitStatus::meaning,
                                (one, other) -> one,
                                LinkedHashMap::new)));
        return spec;
    }

    private static CommandSpec withHelp(CommandSpec spec) {
        spec.version("asgi4j %s, Java %s"
                .formatted(
                        Objects.requireNonNullElse(
                                CommandSpecs.class.getPackage().getImplementationVersion(), "development build"),
                        Runtime.version()));
        return spec.addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and end.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version and end.")
                        .build());
    }

    private static ArgGroupSpec group(OptionGroup group) {
        var spec = ArgGroupSpec.builder().heading("%n" + group.title() + ":%n").validate(false);
        for (var option : ServerOptions.all()) {
            if (option.group() == group) {
                spec.addArg(option(option));
            }
        }
        return spec.build();
    }

    private static <T> OptionSpec option(ServerOption<T> option) {
        var spec = OptionSpec.builder("--" + option.name())
                .description(option.description(), "Default: " + defaultValue(option) + ". " + option.reason());
        return option.isFlag()
                ? spec.type(Boolean.class).negatable(true).build()
                : spec.type(String.class).paramLabel(option.placeholder()).build();
    }

    private static <T> String defaultValue(ServerOption<T> option) {
        var text = option.print(option.defaultValue());
        return text.isEmpty() ? "none" : text;
    }
}
