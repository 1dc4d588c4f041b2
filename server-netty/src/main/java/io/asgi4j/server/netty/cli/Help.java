package io.asgi4j.server.netty.cli;

import io.asgi4j.server.netty.options.OptionGroup;
import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.Application;
import java.util.Arrays;

/**
 * The help, made from the definitions of the commands and of the server's options.
 *
 * <p>Below each name with its default stands what it sets and why: two columns would leave too little room for reasons.
 */
final class Help {
    private static final int WIDTH = 100;
    private static final String MARGIN = "      ";

    private final StringBuilder text = new StringBuilder();

    private Help() {}

    /** {@return the help of the executable jar, which tells its commands} */
    static String ofExecutableJar() {
        return """
            Usage: java -jar asgi4j.jar [-hV] [COMMAND]
            An ASGI server for the JVM.
              -h, --help      %s
              -V, --version   %s

            Commands:
              run    %s
              train  %s
            """.formatted(
                        CommandOption.HELP.description(),
                        CommandOption.VERSION.description(),
                        Command.RUN.description(),
                        Command.TRAIN.description());
    }

    /** {@return the help of a command, with all options} */
    static String of(Command command) {
        var help = new Help();
        help.line("Usage: " + command.call() + " " + command.parameters());
        help.line("");
        help.line(command.description());
        if (command.takesApplication()) {
            help.heading("Application");
            help.entry(
                    "APPLICATION",
                    "A class that implements " + Application.class.getName()
                            + " and has a public constructor without parameters; or class::member,"
                            + " a public static field or method that is an application or gives one.");
        }
        help.options(command);
        help.exitStatus();
        help.line("");
        help.paragraph(
                "",
                "Each option's default stands in brackets. Its value may also come from the environment"
                        + " (ASGI4J_KEEP_ALIVE_TIMEOUT=75s) or from the --config file; the command line counts"
                        + " before the environment, the environment before the file.");
        help.line("");
        help.line("The first SIGINT or SIGTERM stops gracefully, the second at once.");
        return help.text.toString();
    }

    private void options(Command command) {
        heading("Command line");
        command.options().forEach(this::option);
        for (var group : OptionGroup.values()) {
            heading(group.title());
            ServerOptions.all().stream()
                    .filter(option -> option.group() == group)
                    .forEach(this::option);
        }
    }

    private void option(CommandOption option) {
        entry((String.join(", ", option.names()) + " " + option.placeholder()).strip(), option.description());
    }

    private <T> void option(ServerOption<T> option) {
        var name = option.isFlag() ? "--[no-]" + option.name() : "--" + option.name() + " " + option.placeholder();
        var value = option.print(option.defaultValue());
        entry(name + "  [" + (value.isEmpty() ? "none" : value) + "]", option.description() + " " + option.reason());
    }

    private void exitStatus() {
        heading("Exit status");
        for (var status : ExitStatus.values()) {
            line("  " + status.code() + "   " + status.meaning());
        }
    }

    private void heading(String title) {
        line("");
        line(title + ":");
    }

    private void entry(String name, String words) {
        line("  " + name);
        paragraph(MARGIN, words);
    }

    private void paragraph(String margin, String words) {
        var line = new StringBuilder(margin);
        for (var word : Arrays.asList(words.split(" ", -1))) {
            if (line.length() + 1 + word.length() > WIDTH && line.length() > margin.length()) {
                line(line);
                line.setLength(margin.length());
            }
            line.append(line.length() > margin.length() ? " " : "").append(word);
        }
        line(line);
    }

    private void line(CharSequence line) {
        text.append(line).append(System.lineSeparator());
    }
}
