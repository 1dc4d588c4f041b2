package io.asgi4j.tck.requirement;

/** A file that the kit reads does not have the form that it must have. The message names the file and the line. */
public final class MalformedFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence that says what is wrong where. */
    public MalformedFileException(String message) {
        super(message);
    }
}
