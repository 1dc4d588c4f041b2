package io.asgi4j.server.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;

/**
 * The two-way stream of bytes under a WebSocket: a TCP connection after the upgrade, or one stream of a multiplexed
 * connection. Every method is called on {@link #executor()}.
 */
public interface BytePipe {
    /** Queues bytes, in order, without flushing; ownership of the buffer passes to the pipe. */
    void write(ByteBuf bytes);

    /** Hands everything queued to the transport. */
    void flush();

    /**
     * Asks for one more round of input: {@link WebSocketConnection#read} any number of times, then
     * {@link WebSocketConnection#readComplete}. Without this call nothing is read; asking twice is asking once.
     */
    void read();

    /**
     * Delivers everything written, then closes, this side first. Bytes that still arrive are dropped for a while (a
     * lingering close), because a reset could destroy what the peer has not read yet.
     */
    void close();

    /** Drops everything and closes at once. */
    void abort();

    /** Whether the amount of unsent output is below the transport's high-water mark. */
    boolean isWritable();

    /** The event loop that owns the connection. */
    EventExecutor executor();

    /** Where buffers for output come from. */
    ByteBufAllocator alloc();
}
