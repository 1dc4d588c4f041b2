package io.asgi4j.server.netty.websocket;

/** The close codes of RFC 6455 section 7.4 and the IANA registry that the server itself uses. */
public final class CloseCode {
    /** The purpose of the connection is fulfilled. */
    public static final int NORMAL = 1000;
    /** The peer broke the protocol. */
    public static final int PROTOCOL_ERROR = 1002;
    /** Never on the wire: the peer's Close frame had no code. */
    public static final int NO_CODE = 1005;
    /** Never on the wire: the connection ended without a Close frame. */
    public static final int ABNORMAL = 1006;
    /** A message's content does not fit its type. */
    public static final int INVALID_DATA = 1007;
    /** The peer does what the server does not put up with. */
    public static final int POLICY_VIOLATION = 1008;
    /** A message is larger than the server takes. */
    public static final int TOO_BIG = 1009;
    /** The server failed. */
    public static final int INTERNAL_ERROR = 1011;
    /** The server is shutting down. */
    public static final int SERVICE_RESTART = 1012;

    private CloseCode() {}

    /** Whether a Close frame may carry this code, in either direction. */
    public static boolean isLegalOnTheWire(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
