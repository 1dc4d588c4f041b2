package io.asgi4j.samples.minimal;

/** Thrown if the application did not start; the message is its own. */
public final class StartupException extends Exception {
    private static final long serialVersionUID = 1L;

    StartupException(String message) {
        super(message);
    }
}
