package io.asgi4j.tck.launch;

/** There is no server that could be judged, or it did not end well. The message says in a sentence what to do. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean refused;

    private LaunchException(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    LaunchException(String message) {
        super(message);
        this.refused = false;
    }

    LaunchException(String message, Throwable cause) {
        this(message, false, cause);
    }

    /** The server itself refused to start, which is what some scenarios ask for. */
    static LaunchException refused(String message) {
        return new LaunchException(message, true, new IllegalStateException(message));
    }

    /** The server itself refused to start. */
    static LaunchException refused(String message, Throwable cause) {
        return new LaunchException(message, true, cause);
    }

    /** Whether the server itself refused to start, rather than not being there at all. */
    public boolean isRefused() {
        return refused;
    }
}
