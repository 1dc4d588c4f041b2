package io.asgi4j.server.netty.http;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Gives up a client that takes nothing of what waits to be sent.
 *
 * <p>Owned by the connection's event loop. Looks at what waits from time to time, for as long as something does; a slow
 * client that takes a byte now and then lives, however large the buffer or the file is that it takes them from.
 */
public final class WriteStall {
    private final Channel channel;
    private final Deadline deadline;
    private final long limit;
    private boolean watching;
    private @Nullable Object first;
    private long firstProgress;
    private long waiting;

    /** Watches over a channel. */
    public WriteStall(Channel channel, long limitNanos) {
        this.channel = channel;
        this.deadline = new Deadline(channel.eventLoop(), System::nanoTime);
        this.limit = limitNanos;
    }

    /** Something was written: watches until all of it was sent. */
    public void watch() {
        var out = channel.unsafe().outboundBuffer();
        if (watching || out == null || out.isEmpty()) {
            return;
        }
        watching = true;
        first = out.current();
        firstProgress = out.currentProgress();
        waiting = out.totalPendingWriteBytes();
        deadline.set(limit, this::check);
    }

    @SuppressWarnings("ReferenceEquality") // the same message, not an equal one
    private void check() {
        watching = false;
        var out = channel.unsafe().outboundBuffer();
        // More may have been written meanwhile: what counts is whether the first message got on.
        if (out != null
                && out.current() == first
                && out.currentProgress() == firstProgress
                && out.totalPendingWriteBytes() >= waiting) {
            channel.close();
        }
        first = null;
        watch();
    }

    /** Gives the timer back, at the end of the connection. */
    public void cancel() {
        deadline.cancel();
    }
}
