package io.asgi4j.tck.control;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The application under test could not be controlled: it refused, did not answer, or is something else. */
public final class ControlException extends IOException {
    private static final long serialVersionUID = 1;

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final int status;

    private ControlException(int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    ControlException(String message) {
        this(0, message, null);
    }

    ControlException(String message, Throwable cause) {
        this(0, message, cause);
    }

    /** The application refused by this status. */
    static ControlException refused(int status, String message) {
        return new ControlException(status, message, null);
    }

    /** Whether the application knows no such scenario. */
    public boolean isUnknownScenario() {
        return status == NOT_FOUND;
    }

    /** Whether the application has a scenario of that id already. */
    public boolean isKnownScenario() {
        return status == CONFLICT;
    }
}
