package io.asgi4j.tck.run;

/** How a scenario went. */
public enum Status {
    /** Everything was as expected. */
    PASS,
    /** A requirement that binds the server was broken. */
    FAIL,
    /** Something that binds the server less, or not always, was not as expected. */
    WARN,
    /** It failed as the file of known failures says. */
    KNOWN_FAILURE,
    /** The file of known failures says that it fails, and it passed. */
    FIXED,
    /** The server does not declare what the scenario needs. */
    NOT_DECLARED,
    /** It cannot be seen on this server, or not in this way. */
    NOT_TESTABLE,
    /** The kit itself failed. */
    ERROR,
    /** There was no server to run it on. */
    NOT_RUN;

    /** Whether a run with such a scenario is not a success. */
    public boolean isRed() {
        return switch (this) {
            case PASS, WARN, KNOWN_FAILURE, NOT_DECLARED, NOT_TESTABLE -> false;
            case FAIL, FIXED, ERROR, NOT_RUN -> true;
        };
    }
}
