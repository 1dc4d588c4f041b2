package io.asgi4j.tck.control;

import java.io.IOException;

/** The application under test could not be controlled: it refused, did not answer, or is something else. */
public final class ControlException extends IOException {
    private static final long serialVersionUID = 1;

    ControlException(String message) {
        super(message);
    }

    ControlException(String message, Throwable cause) {
        super(message, cause);
    }
}
