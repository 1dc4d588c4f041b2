package io.asgi4j.tck.app;

/** What an application throws because its script says so. */
final class ScriptedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScriptedException(String message) {
        super(message);
    }

    ScriptedException(String message, Throwable cause) {
        super(message, cause);
    }
}
