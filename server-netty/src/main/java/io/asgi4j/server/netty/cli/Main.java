package io.asgi4j.server.netty.cli;

import io.asgi4j.spec.Application;

/**
 * The command line: the main class of the executable jar, {@code java -jar asgi4j.jar run package.Application --class-path
 * app.jar}, and what an application's own {@code main} calls.
 */
public final class Main {
    private Main() {}

    /** Runs the command line and ends the process with its status. */
    public static void main(String... arguments) {
        System.exit(ServerCommand.ofExecutableJar().execute(arguments));
    }

    /**
     * Runs an application as a program: reads options as the command line does, starts, waits for SIGINT or SIGTERM,
     * stops gracefully, and ends the process with the status that {@code --help} explains.
     *
     * <p>Does not return: it is meant as the only line of {@code main}. Where one option is given twice the later one counts, so defaults of
     * the program go before its arguments.
     *
     * @param application the application
     * @param arguments options as on the command line, for example {@code "--port", "8080"}
     */
    public static void run(Application application, String... arguments) {
        System.exit(ServerCommand.of(application).execute(arguments));
    }
}
