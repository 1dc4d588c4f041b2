package io.asgi4j.tck.wire;

/** A 1xx response that came before the final one. */
public record InterimResponse(StatusLine statusLine, Fields fields) {
    public int status() {
        return statusLine.status();
    }
}
