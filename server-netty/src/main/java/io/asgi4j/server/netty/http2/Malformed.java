package io.asgi4j.server.netty.http2;

/** A message is malformed: its stream is reset, and nobody acts on it (RFC 9113 8.1.1). */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String rule, String message) {
        super(message + " (" + rule + ")", null, false, false);
    }
}
