package io.asgi4j.server.netty.http1;

import io.netty.channel.Channel;

/**
 * Cuts a connection whose client takes nothing of what waits to be sent.
 *
 * <p>Owned by the connection's event loop. Watches only while the channel is not writable; a slow client that takes
 * something now and then lives.
 */
final class WriteStall {
    private final Channel channel;
    private final Deadline deadline;
    private final long limit;
    private long waitingBytes;

    WriteStall(Channel channel, long limitNanos) {
        this.channel = channel;
        this.deadline = new Deadline(channel.eventLoop());
        this.limit = limitNanos;
    }

    /** The channel became writable, or ceased to be. */
    void writabilityChanged() {
        if (channel.isWritable()) {
            deadline.clear();
        } else {
            waitingBytes = channel.bytesBeforeWritable();
            deadline.set(limit, this::check);
        }
    }

    private void check() {
        var now = channel.bytesBeforeWritable();
        if (now >= waitingBytes) {
            channel.close();
        } else {
            waitingBytes = now;
            deadline.set(limit, this::check);
        }
    }

    void cancel() {
        deadline.cancel();
    }
}
