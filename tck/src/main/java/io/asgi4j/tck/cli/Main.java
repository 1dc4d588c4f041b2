package io.asgi4j.tck.cli;

/** The main class of the executable jar: {@code java -jar asgi4j-tck.jar run …}. */
public final class Main {
    private Main() {}

    /** Does what the command line says and ends the process with a status that tells how it went. */
    public static void main(String... arguments) {
        // libraries log by SLF4J; that nobody listens is no news to whoever runs the kit
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        System.exit(Commands.line().execute(arguments));
    }
}
