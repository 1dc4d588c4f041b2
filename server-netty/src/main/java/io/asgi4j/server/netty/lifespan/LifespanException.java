package io.asgi4j.server.netty.lifespan;

import org.jspecify.annotations.Nullable;

/** The application did not start. The message is a sentence for the operator. */
public final class LifespanException extends Exception {
    private static final long serialVersionUID = 1;

    LifespanException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
