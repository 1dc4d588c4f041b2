package io.asgi4j.benchmarks.load;

import java.io.IOException;

/** A server answered something else than it should: what was measured is worth nothing. */
public final class WrongAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    public WrongAnswerException(String message) {
        super(message);
    }
}
