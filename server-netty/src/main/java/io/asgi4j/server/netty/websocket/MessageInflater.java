package io.asgi4j.server.netty.websocket;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses messages (RFC 7692 section 7.2.2); produces no more than the target's limit and one octet. The native
 * memory exists from the first compressed message to {@link #close}, or, without context takeover, during a message.
 *
 * <p>Owned by the connection's event loop.
 */
final class MessageInflater implements AutoCloseable {
    /** What the sender has cut off the end of each message. */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    /** How many compressed octets are unmasked at a time. */
    private static final int CHUNK = 8 * 1024;
    /** How much room the decompressor gets at first: so many octets for one of its input, but not too few. */
    private static final int GUESSED_RATIO = 4;

    private static final int SMALLEST_ROOM = 64;

    private final boolean contextTakeover;
    private @Nullable Inflater inflater;
    /** Whether octets of this message came that are not known to end a stream. */
    private boolean insideStream;

    MessageInflater(boolean contextTakeover) {
        this.contextTakeover = contextTakeover;
    }

    /** Decompresses all of the payload into {@code target}. */
    void inflate(Payload payload, MessageBuffer target) throws WebSocketViolation {
        byte[] chunk = new byte[Math.min(payload.available(), CHUNK)];
        while (payload.available() > 0) {
            int length = Math.min(payload.available(), chunk.length);
            payload.copyTo(chunk, 0, length);
            inflate(chunk, length, target);
        }
    }

    /** Brings out what is left of the message. */
    void endMessage(MessageBuffer target) throws WebSocketViolation {
        if (insideStream) {
            inflate(TAIL, TAIL.length, target);
            insideStream = false;
        }
        if (!contextTakeover) {
            close();
        }
    }

    private void inflate(byte[] compressed, int length, MessageBuffer target) throws WebSocketViolation {
        var inflater = inflater();
        inflater.setInput(compressed, 0, length);
        insideStream = true;
        while (true) {
            if (target.room() == 0) {
                target.reserve(Math.max(SMALLEST_ROOM, GUESSED_RATIO * inflater.getRemaining()), Integer.MAX_VALUE);
            }
            int room = target.room();
            int inflated;
            try {
                inflated = inflater.inflate(target.array(), target.size(), room);
            } catch (DataFormatException e) {
                throw WebSocketViolation.invalidData("invalid compressed data");
            }
            target.add(inflated);
            if (inflater.finished()) {
                // a sender may end a stream inside a message; the next octets, if any, begin a new one
                int rest = inflater.getRemaining();
                inflater.reset();
                if (rest == 0) {
                    insideStream = false;
                    return;
                }
                inflater.setInput(compressed, length - rest, rest);
            } else if (inflated < room) {
                return;
            }
        }
    }

    private Inflater inflater() {
        var present = inflater;
        if (present == null) {
            present = new Inflater(true);
            inflater = present;
        }
        return present;
    }

    @Override
    public void close() {
        var present = inflater;
        inflater = null;
        if (present != null) {
            present.end();
        }
    }
}
