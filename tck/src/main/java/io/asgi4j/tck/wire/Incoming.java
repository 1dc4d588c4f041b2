package io.asgi4j.tck.wire;

import java.util.List;

/** What a WebSocket client finds next. */
public sealed interface Incoming {
    /** The code that stands for a close frame without one (RFC 6455, 7.4.1). */
    int NO_CODE = 1005;

    /**
     * A complete message.
     *
     * @param isText whether it is text rather than bytes
     * @param payload its bytes, inflated if they were compressed
     * @param frames the frames that carried it
     */
    record Message(boolean isText, Octets payload, List<Frame> frames) implements Incoming {
        public Message {
            frames = List.copyOf(frames);
        }

        /** Its text; what is not UTF-8 is replaced. */
        public String text() {
            return payload.toUtf8()
                    .orElseGet(() -> new String(payload.toByteArray(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** A ping. */
    record Ping(Octets payload) implements Incoming {}

    /** A pong. */
    record Pong(Octets payload) implements Incoming {}

    /**
     * A close frame.
     *
     * @param code {@link #NO_CODE} if it has none
     * @param reason as it came
     */
    record Close(int code, Octets reason) implements Incoming {}

    /** A frame with an opcode that has no meaning, or one that is larger than a client's limits. */
    record Unusable(Frame frame) implements Incoming {}

    /**
     * The end of the connection.
     *
     * @param rest an unfinished frame before it
     */
    record End(Ending ending, Octets rest) implements Incoming {}

    /**
     * Nothing more within the time.
     *
     * @param rest what has come of an unfinished frame
     */
    record Silence(Octets rest) implements Incoming {}
}
