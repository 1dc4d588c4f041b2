package io.asgi4j.tck.run;

import java.io.IOException;
import java.util.function.UnaryOperator;

/** The server cannot be judged any further. The message says in a sentence why, and what to do. */
final class LostServerException extends IOException {
    private static final long serialVersionUID = 1;

    private LostServerException(String message) {
        super(message);
    }

    /** The application is there more than once, so that nobody sees all of a scenario. */
    static LostServerException severalProcesses() {
        return new LostServerException(
                "the server runs several processes, or has started a new one, and the application of each sees only a"
                        + " part of a scenario: start it with one worker");
    }

    /** There is no server any more; scenarios that run at the same time may all be the cause. */
    static LostServerException gone(String scenario, String reason, UnaryOperator<String> rerun) {
        return new LostServerException(
                "the server was lost when %s ran, alone or beside others: %s; see whether it happens again with: %s"
                        .formatted(scenario, reason, rerun.apply(scenario)));
    }
}
