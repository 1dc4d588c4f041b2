package io.asgi4j.server.netty.cli;

import io.asgi4j.server.netty.options.OptionGroup;
import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import java.util.Arrays;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The list of options in the help: a line with name and default, below it what the option sets and why.
 *
 * <p>Picocli's own list, in two columns, leaves too little room for reasons.
 */
final class OptionHelp {
    private static final String MARGIN = "      ";

    private final StringBuilder text = new StringBuilder();
    private final int width;

    private OptionHelp(int width) {
        this.width = width;
    }

    /** Renders the options of a command: first those of the command line itself, then the server's by group. */
    static String render(Help help) {
        var list = new OptionHelp(help.commandSpec().usageMessage().width());
        list.heading("Command line");
        for (var option : help.commandSpec().options()) {
            if (ServerOptions.all().stream().noneMatch(known -> ("--" + known.name()).equals(option.longestName()))) {
                list.add(option);
            }
        }
        for (var group : OptionGroup.values()) {
            list.heading(group.title());
            ServerOptions.all().stream()
                    .filter(option -> option.group() == group)
                    .forEach(list::add);
        }
        return list.text.toString();
    }

    private void heading(String title) {
        text.append(System.lineSeparator()).append(title).append(':').append(System.lineSeparator());
    }

    private void add(OptionSpec option) {
        var value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        add(String.join(", ", option.names()) + value, String.join(" ", option.description()));
    }

    private <T> void add(ServerOption<T> option) {
        var value = option.print(option.defaultValue());
        add(
                "%s  [%s]".formatted(title(option), value.isEmpty() ? "none" : value),
                option.description() + " " + option.reason());
    }

    private static String title(ServerOption<?> option) {
        if (option.isSecret()) {
            return option.environmentVariable() + ", or in the --config file";
        }
        return option.isFlag() ? "--[no-]" + option.name() : "--" + option.name() + " " + option.placeholder();
    }

    private void add(String title, String words) {
        text.append("  ").append(title).append(System.lineSeparator());
        var line = new StringBuilder(MARGIN);
        for (var word : Arrays.asList(words.split(" ", -1))) {
            if (line.length() + 1 + word.length() > width && line.length() > MARGIN.length()) {
                text.append(line).append(System.lineSeparator());
                line = new StringBuilder(MARGIN);
            }
            line.append(line.length() > MARGIN.length() ? " " : "").append(word);
        }
        text.append(line).append(System.lineSeparator());
    }
}
