package io.asgi4j.tck.report;

import java.io.IOException;

/** A file is no report, or one that this kit cannot read. The message says so in a sentence. */
public final class ReportFormatException extends IOException {
    private static final long serialVersionUID = 1;

    ReportFormatException(String message) {
        super(message);
    }

    ReportFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
