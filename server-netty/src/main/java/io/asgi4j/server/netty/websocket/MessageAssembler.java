package io.asgi4j.server.netty.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Makes whole messages of payloads: decompresses, checks text as it arrives and enforces the size limit.
 *
 * <p>Owned by the connection's event loop.
 */
final class MessageAssembler implements AutoCloseable {
    private final MessageBuffer buffer;
    private final MessageInflater inflater;
    private final Utf8Validator utf8 = new Utf8Validator();
    private boolean text;
    private boolean compressed;

    MessageAssembler(int maxMessageSize, MessageInflater inflater) {
        this.buffer = new MessageBuffer(maxMessageSize);
        this.inflater = inflater;
    }

    void start(boolean isText, boolean isCompressed) {
        text = isText;
        compressed = isCompressed;
        utf8.reset();
    }

    void add(Payload payload) throws WebSocketViolation {
        int before = buffer.size();
        if (compressed) {
            inflater.inflate(payload, buffer);
        } else {
            int length = payload.available();
            buffer.reserve(length, payload.atMost());
            payload.copyTo(buffer.array(), before, length);
            buffer.add(length);
        }
        checkText(before);
    }

    /** Ends the message, which is then taken with {@link #takeText} or {@link #takeBinary}. */
    void end() throws WebSocketViolation {
        if (compressed) {
            int before = buffer.size();
            inflater.endMessage(buffer);
            checkText(before);
        }
        if (text && !utf8.isComplete()) {
            throw WebSocketViolation.invalidData("text ends inside a character");
        }
    }

    boolean isText() {
        return text;
    }

    String takeText() {
        var message = new String(buffer.array(), 0, buffer.size(), StandardCharsets.UTF_8);
        buffer.clear();
        return message;
    }

    ByteBuffer takeBinary() {
        var message = ByteBuffer.wrap(buffer.array(), 0, buffer.size());
        buffer.clear();
        return message;
    }

    private void checkText(int start) throws WebSocketViolation {
        if (text && !utf8.accept(buffer.array(), start, buffer.size())) {
            throw WebSocketViolation.invalidData("text is not UTF-8");
        }
    }

    @Override
    public void close() {
        buffer.clear();
        inflater.close();
    }
}
