package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.WebSocketReceive;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a WebSocket between the event loop, which adds, and the application, which takes.
 *
 * <p>Guarded by its own monitor, which nobody holds while blocking. Full when it holds so many messages or so many bytes;
 * one message always fits, whatever its size, because messages are delivered whole.
 */
final class MessageQueue {
    private record Entry(WebSocketReceive message, int size) {}

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final int maxMessages;
    private final long maxBytes;
    private long bytes;
    private boolean paused;
    private boolean closed;

    MessageQueue(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Adds a message; returns whether there is room for another one. */
    synchronized boolean add(WebSocketReceive message, int size) {
        if (closed) {
            return true;
        }
        entries.add(new Entry(message, size));
        bytes += size;
        paused = isFull();
        return !paused;
    }

    synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns the oldest message, or {@code null} if there is none. */
    synchronized @Nullable WebSocketReceive take() {
        var entry = entries.poll();
        if (entry == null) {
            return null;
        }
        bytes -= entry.size();
        return entry.message();
    }

    /** Drops every message, also those that are still to come. */
    synchronized void close() {
        closed = true;
        entries.clear();
        bytes = 0;
    }

    /** Tells, once per time it was full, that there is room again. */
    synchronized boolean resume() {
        if (!paused || isFull()) {
            return false;
        }
        paused = false;
        return true;
    }

    private boolean isFull() {
        return entries.size() >= maxMessages || bytes >= maxBytes;
    }
}
