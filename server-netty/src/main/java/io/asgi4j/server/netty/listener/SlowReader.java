package io.asgi4j.server.netty.listener;

import io.asgi4j.server.netty.http.DataRate;
import io.asgi4j.server.netty.http.Ending;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives up a client that takes what waits to be sent too slowly: the first handler of every connection, whatever is spoken on it.
 *
 * <p>Owned by the connection's event loop. Looks from time to time for as long as something waits, and wants that a minimum was taken
 * since it last looked, or all that waited then. It does not look more often, because a system tells of room in its buffer only once
 * there is much of it: a client that takes a little all the time seems to take much now and then.
 */
final class SlowReader extends ChannelOutboundHandlerAdapter {
    private final Channel channel;
    private final long interval;
    private final long minimum;
    private @Nullable ScheduledFuture<?> check;
    /** Bytes written, as they count in the channel's buffer. */
    private long written;
    /** Bytes taken when it was last looked, and what waited then. */
    private long taken;

    private long waiting;

    /**
     * Watches a channel.
     *
     * @param interval nanoseconds from one look to the next
     * @param rate bytes per second, 0 if any progress will do
     */
    SlowReader(Channel channel, long interval, int rate) {
        this.channel = channel;
        this.interval = interval;
        this.minimum = DataRate.least(rate, interval);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        var before = pending();
        ctx.write(message, promise);
        written += pending() - before;
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (check == null && pending() > 0) {
            look();
        }
    }

    private void look() {
        waiting = pending();
        taken = taken();
        check = channel.eventLoop().schedule(this::check, interval, TimeUnit.NANOSECONDS);
    }

    private void check() {
        check = null;
        if (pending() == 0) {
            return;
        }
        if (taken() - taken < Math.min(minimum, waiting)) {
            Ending.atOnce(channel);
        } else {
            look();
        }
    }

    private long pending() {
        var out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    private long taken() {
        var out = channel.unsafe().outboundBuffer();
        return written - pending() + (out == null ? 0 : out.currentProgress());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (check != null) {
            check.cancel(false);
        }
    }
}
