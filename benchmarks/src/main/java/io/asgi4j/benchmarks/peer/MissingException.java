package io.asgi4j.benchmarks.peer;

/** Something is not there without which nothing can be measured; the message says what to do. */
public final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MissingException(String message) {
        super(message);
    }
}
