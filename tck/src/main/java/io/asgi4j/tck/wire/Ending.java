package io.asgi4j.tck.wire;

/** Whether a connection has ended for its reader, and how. */
public enum Ending {
    /** Not as far as is known. */
    OPEN("open"),
    /** The server ended its side: a TCP FIN. */
    ORDERLY("closed by the server"),
    /** The connection broke: a TCP RST, or another error of the transport. */
    RESET("reset by the server"),
    /** The client closed it. */
    LOCAL("closed by the client");

    private final String words;

    Ending(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
