package io.asgi4j.server.netty.cli;

import org.jspecify.annotations.Nullable;

/** Ends the program before it serves: a sentence for the operator, and the exit status that goes with it. */
final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    /** With the failure of the application whose stack trace the operator needs, if there is one. */
    LaunchException(ExitStatus status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static LaunchException usage(String message) {
        return new LaunchException(ExitStatus.USAGE, message, null);
    }

    ExitStatus status() {
        return status;
    }
}
