package io.asgi4j.server.netty.cli;

import java.util.List;

/** An option of the command line that is not one of the server's. */
enum CommandOption {
    HELP("-h, --help", "", "Show this help and end."),
    VERSION("-V, --version", "", "Show the version and end."),
    CONFIG("--config", "FILE", "Properties file with options of the server, for example keep-alive-timeout = 75s."),
    CLASS_PATH(
            "--class-path",
            "PATH",
            "Where the application's classes are: jars, directories and lib/*, separated by ':'.");

    private final String names;
    private final String placeholder;
    private final String description;

    CommandOption(String names, String placeholder, String description) {
        this.names = names;
        this.placeholder = placeholder;
        this.description = description;
    }

    /** {@return the ways to write it} */
    List<String> names() {
        return List.of(names.split(", ", -1));
    }

    /** {@return what stands for the value in the help; empty for a flag} */
    String placeholder() {
        return placeholder;
    }

    boolean isFlag() {
        return placeholder.isEmpty();
    }

    String description() {
        return description;
    }
}
