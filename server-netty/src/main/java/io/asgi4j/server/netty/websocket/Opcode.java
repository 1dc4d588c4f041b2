package io.asgi4j.server.netty.websocket;

/** The opcodes of RFC 6455 section 5.2. */
final class Opcode {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    /** The largest payload of a control frame (RFC 6455 section 5.5). */
    static final int MAX_CONTROL_PAYLOAD = 125;

    private Opcode() {}

    static boolean isControl(int opcode) {
        return opcode >= CLOSE;
    }
}
