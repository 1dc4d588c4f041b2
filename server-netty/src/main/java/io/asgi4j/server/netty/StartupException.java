package io.asgi4j.server.netty;

import org.jspecify.annotations.Nullable;

/** Thrown by {@link NettyServer.Builder#start} if the application did not start: it said so, failed, or took too long. */
public final class StartupException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, for the operator
     * @param cause what the application threw, if it threw
     */
    StartupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
