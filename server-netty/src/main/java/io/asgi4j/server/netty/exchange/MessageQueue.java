package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.loop.Confinement;
import io.asgi4j.spec.WebSocketReceive;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a WebSocket between the event loop, which adds, and the application, which takes.
 *
 * <p>Touched inside the confinement. Full when it holds so many messages or so many bytes;
 * one message always fits, whatever its size, because messages are delivered whole.
 */
final class MessageQueue {
    private record Entry(WebSocketReceive message, int size) {}

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Confinement confinement;
    private final int maxMessages;
    private final long maxBytes;
    private long bytes;
    private boolean paused;
    private boolean closed;

    MessageQueue(Confinement confinement, int maxMessages, long maxBytes) {
        this.confinement = confinement;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Adds a message; returns whether there is room for another one. */
    boolean add(WebSocketReceive message, int size) {
        confinement.enter();
        try {
            if (closed) {
                return true;
            }
            entries.add(new Entry(message, size));
            bytes += size;
            paused = isFull();
            return !paused;
        } finally {
            confinement.exit();
        }
    }

    boolean isEmpty() {
        confinement.enter();
        try {
            return entries.isEmpty();
        } finally {
            confinement.exit();
        }
    }

    /** Returns the oldest message, or {@code null} if there is none. */
    @Nullable
    WebSocketReceive take() {
        confinement.enter();
        try {
            var entry = entries.poll();
            if (entry == null) {
                return null;
            }
            bytes -= entry.size();
            return entry.message();
        } finally {
            confinement.exit();
        }
    }

    /** Drops every message, also those that are still to come. */
    void close() {
        confinement.enter();
        try {
            closed = true;
            entries.clear();
            bytes = 0;
        } finally {
            confinement.exit();
        }
    }

    /** Tells, once per time it was full, that there is room again. */
    boolean resume() {
        confinement.enter();
        try {
            if (!paused || isFull()) {
                return false;
            }
            paused = false;
            return true;
        } finally {
            confinement.exit();
        }
    }

    private boolean isFull() {
        return entries.size() >= maxMessages || bytes >= maxBytes;
    }
}
