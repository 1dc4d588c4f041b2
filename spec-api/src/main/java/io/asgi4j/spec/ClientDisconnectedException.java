package io.asgi4j.spec;

import java.io.IOException;

/**
 * Thrown by {@link Send} when the client is gone or the connection is closed.
 *
 * <p>An application may let it pass: the server swallows it without a word.
 *
 * <p>Rules: {@code errors.client-disconnected}, {@code errors.client-disconnected-swallowed},
 * {@code errors.client-disconnected-wrapped}, {@code errors.gone-is-no-error}.
 */
public class ClientDisconnectedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with the usual message. */
    public ClientDisconnectedException() {
        this("the client is gone");
    }

    /**
     * Makes an exception with a message.
     *
     * @param message what is known
     */
    public ClientDisconnectedException(String message) {
        super(message);
    }

    /**
     * Makes an exception with a message and a cause.
     *
     * @param message what is known
     * @param cause what ended the connection
     */
    public ClientDisconnectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
