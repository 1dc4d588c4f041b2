package io.asgi4j.tck.cli;

/** What was typed cannot be done. The message says in a sentence what to type instead. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
