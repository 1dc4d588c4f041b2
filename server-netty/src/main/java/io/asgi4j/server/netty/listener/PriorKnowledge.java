package io.asgi4j.server.netty.listener;

import io.asgi4j.server.netty.exchange.ServerEvent;
import io.asgi4j.server.netty.http.Deadline;
import io.asgi4j.server.netty.http2.Http2Driver;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a connection without TLS begins with the preface of HTTP/2 (RFC 9113 3.3 and 3.4), and gives it to that driver
 * instead of the one behind.
 *
 * <p>Owned by the connection's event loop. Is there until the first octet that tells; the other driver sees to everything else
 * meanwhile.
 */
final class PriorKnowledge extends ChannelInboundHandlerAdapter {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Http2Driver http2;
    private final long timeoutNanos;
    private @Nullable ByteBuf begun;
    private @Nullable Deadline deadline;
    /** Whether the server stops, which the driver that is installed later does not know. */
    private boolean draining;

    /**
     * A look at one connection.
     *
     * @param timeoutNanos how long a client may take to complete a preface
     */
    PriorKnowledge(Http2Driver http2, long timeoutNanos) {
        this.http2 = http2;
        this.timeoutNanos = timeoutNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = all((ByteBuf) message);
        var known = Math.min(bytes.readableBytes(), PREFACE.length);
        for (var i = 0; i < known; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != PREFACE[i]) {
                passOn(ctx, bytes);
                return;
            }
        }
        if (known < PREFACE.length) {
            await(ctx, bytes);
        } else {
            var channel = ctx.channel();
            channel.pipeline().removeLast();
            http2.install(channel, null);
            if (draining) {
                ctx.fireUserEventTriggered(ServerEvent.DRAINING);
            }
            passOn(ctx, bytes);
        }
    }

    /** Returns what came until now. */
    private ByteBuf all(ByteBuf bytes) {
        var before = begun;
        if (before == null) {
            return bytes;
        }
        begun = null;
        before.writeBytes(bytes);
        bytes.release();
        return before;
    }

    private void await(ChannelHandlerContext ctx, ByteBuf bytes) {
        var waiting = bytes;
        if (deadline == null) {
            deadline = new Deadline(ctx.channel().eventLoop(), System::nanoTime);
            deadline.set(timeoutNanos, () -> ctx.channel().close());
            // What comes next is written behind it, and there may be no room.
            waiting = ctx.alloc().buffer(bytes.readableBytes() + PREFACE.length).writeBytes(bytes);
            bytes.release();
        }
        begun = waiting;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        draining |= event == ServerEvent.DRAINING;
        ctx.fireUserEventTriggered(event);
    }

    private void passOn(ChannelHandlerContext ctx, ByteBuf bytes) {
        ctx.fireChannelRead(bytes);
        ctx.pipeline().remove(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel();
        }
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }
}
