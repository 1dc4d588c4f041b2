package io.asgi4j.server.netty.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A WebSocket on a {@link RecordingPipe} that writes down what its listener is told; closing it checks for leaks. */
final class TestSocket implements AutoCloseable, WebSocketListener {
    static final WebSocketConfig SMALL = new WebSocketConfig(
            64 * 1024, Duration.ofSeconds(20), Duration.ofSeconds(20), 100, Duration.ofSeconds(10), true, 6);

    final RecordingPipe pipe = new RecordingPipe();
    final List<String> events = new ArrayList<>();
    final WebSocketConnection connection;
    private final List<Runnable> onMessage = new ArrayList<>();
    private final List<Runnable> onClosed = new ArrayList<>();

    TestSocket() {
        this(SMALL, null);
    }

    TestSocket(WebSocketConfig config, @Nullable PerMessageDeflate deflate) {
        connection = new WebSocketConnection(pipe, config, deflate, this);
        connection.start();
    }

    static TestSocket compressing() {
        return new TestSocket(SMALL, new PerMessageDeflate(true, true, false));
    }

    /** Runs {@code action} whenever a message is told. */
    void onMessage(Runnable action) {
        onMessage.add(action);
    }

    /** Runs {@code action} when the end is told. */
    void onClosed(Runnable action) {
        onClosed.add(action);
    }

    /** One round of reading that brings these parts, each in a buffer of its own. */
    void receive(byte[]... parts) {
        for (byte[] part : parts) {
            connection.read(pipe.alloc.buffer(Math.max(1, part.length)).writeBytes(part));
        }
        connection.readComplete();
    }

    /** What was written since the last call, frame by frame. */
    List<String> sent() {
        return sentFrames().stream().map(ServerFrame::toString).toList();
    }

    List<ServerFrame> sentFrames() {
        assertFalse(pipe.hasUnflushed(), "everything written is flushed");
        return ServerFrame.parse(pipe.takeWritten());
    }

    /** Asserts that the WebSocket failed: one Close frame with that code, told to the listener, and the pipe closed. */
    void assertFailed(int code) {
        var sent = sent();
        assertEquals(1, sent.size(), sent::toString);
        assertEquals("close " + code, sent.get(0).substring(0, 10));
        assertEquals("closed " + sent.get(0).substring("close ".length()), events.get(events.size() - 1));
        assertEquals(
                1, events.stream().filter(event -> event.startsWith("closed")).count());
        assertTrue(pipe.closed, "the pipe is closed");
    }

    @Override
    public void onText(String text) {
        events.add("text " + text);
        onMessage.forEach(Runnable::run);
    }

    @Override
    public void onBinary(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        events.add("binary " + HexFormat.of().formatHex(copy));
        onMessage.forEach(Runnable::run);
    }

    @Override
    public void onWritable() {
        events.add("writable");
    }

    @Override
    public void onClosed(int code, String reason) {
        events.add("closed " + code + " " + reason);
        onClosed.forEach(Runnable::run);
    }

    @Override
    public void close() {
        connection.abort();
        connection.read(Unpooled.EMPTY_BUFFER);
        assertEquals(0, pipe.usedMemory(), "octets of buffers that were not released");
    }
}
