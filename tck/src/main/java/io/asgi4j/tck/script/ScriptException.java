package io.asgi4j.tck.script;

/** JSON that is no script, no value or no trace; the message says what is wrong and where. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes one with a message. */
    public ScriptException(String message) {
        super(message);
    }

    /** Makes one with a message and what led to it. */
    public ScriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
