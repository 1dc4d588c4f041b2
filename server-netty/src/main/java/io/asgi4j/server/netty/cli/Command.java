package io.asgi4j.server.netty.cli;

import static io.asgi4j.server.netty.cli.CommandOption.CLASS_PATH;
import static io.asgi4j.server.netty.cli.CommandOption.CONFIG;
import static io.asgi4j.server.netty.cli.CommandOption.HELP;
import static io.asgi4j.server.netty.cli.CommandOption.VERSION;

import java.util.List;

/** What a command line may ask for; each also takes the server's options. */
enum Command {
    RUN(
            "java -jar asgi4j.jar run",
            "[OPTION...] APPLICATION",
            "Serves an ASGI application until SIGINT (CTRL+C) or SIGTERM."),
    TRAIN(
            "java -jar asgi4j.jar train",
            "[OPTION...]",
            "Starts, answers a few requests of its own, and ends: the JVM can learn from it how to start faster."),
    /** What a program has that brings its application along. */
    PROGRAM("program", "[OPTION...]", "Serves its ASGI application until SIGINT (CTRL+C) or SIGTERM.");

    private final String call;
    private final String parameters;
    private final String description;

    Command(String call, String parameters, String description) {
        this.call = call;
        this.parameters = parameters;
        this.description = description;
    }

    /** {@return what is typed before its arguments} */
    String call() {
        return call;
    }

    String parameters() {
        return parameters;
    }

    String description() {
        return description;
    }

    /** {@return its options beside the server's} */
    List<CommandOption> options() {
        return takesApplication() ? List.of(HELP, VERSION, CONFIG, CLASS_PATH) : List.of(HELP, VERSION, CONFIG);
    }

    /** {@return whether it is told which application to serve} */
    boolean takesApplication() {
        return this == RUN;
    }

    /** {@return the refusal of arguments that are wrong, which says where help is} */
    LaunchException refusal(String reason) {
        return LaunchException.usage(reason + " ('" + call + " --help' explains)");
    }
}
