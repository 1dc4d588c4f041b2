package io.asgi4j.server.netty.cli;

/** The main class of the executable jar: {@code java -jar asgi4j.jar run package.Application --class-path app.jar}. */
public final class Main {
    private Main() {}

    /** Runs the command line and ends the process with its status. */
    public static void main(String... arguments) {
        System.exit(ServerCommand.ofClassName().execute(arguments));
    }
}
