package io.asgi4j.tck.launch;

import org.jspecify.annotations.Nullable;

/** There is no server that could be judged, or it did not end well. The message says in a sentence what to do. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean refused;
    private final String output;

    private LaunchException(String message, boolean refused, String output, @Nullable Throwable cause) {
        super(message, cause);
        this.refused = refused;
        this.output = output;
    }

    LaunchException(String message) {
        this(message, false, "", null);
    }

    LaunchException(String message, Throwable cause) {
        this(message, false, "", cause);
    }

    /** The server itself refused to start, or reported a failure at its end, which is what some scenarios ask for. */
    static LaunchException refused(String message, String output) {
        return new LaunchException(message, true, output, null);
    }

    /** The server itself refused to start, or reported a failure at its end, and threw this. */
    static LaunchException refused(String message, String output, Throwable cause) {
        return new LaunchException(message, true, output, cause);
    }

    /** Whether the server itself refused to start or reported a failure, rather than not being there or not ending at all. */
    public boolean isRefused() {
        return refused;
    }

    /** What the server told its operator; empty if that is not known. */
    public String output() {
        return output;
    }
}
