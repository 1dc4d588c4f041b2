package io.asgi4j.server.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * The ways a connection ends.
 *
 * <p>A socket that is closed while the client still sends makes the kernel reset the connection, and the client may lose
 * the response it was about to read (RFC 9112 9.6). So a connection that was answered properly lingers: it sends its FIN
 * and reads, within bounds, until the client's comes.
 *
 * <p>An instance is the handler of a lingering connection, owned by its event loop.
 */
public final class Ending extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final Deadline deadline;
    private final int limit;
    private int dropped;
    private boolean flushed;

    private Ending(Channel channel, int limit) {
        this.channel = channel;
        this.deadline = new Deadline(channel.eventLoop(), System::nanoTime);
        this.limit = limit;
    }

    /** Closes the connection when everything written was sent. The client is not told that this was all, where TLS could. */
    public static void cut(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> atOnce(channel));
    }

    /** Closes the connection and drops what waits to be sent. The client is not told that this was all, where TLS could. */
    public static void atOnce(Channel channel) {
        // Past the pipeline, where TLS would send what waits, and then its close_notify.
        channel.unsafe().close(channel.unsafe().voidPromise());
    }

    /**
     * Sends everything written, the close_notify of TLS and the FIN, and then reads until the client has closed too.
     *
     * @param limit how many bytes are read and dropped at most
     * @param timeoutNanos how long that may take
     */
    public static void lingering(Channel channel, int limit, long timeoutNanos) {
        if (!(channel instanceof DuplexChannel duplex) || duplex.isInputShutdown()) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        var ending = new Ending(channel, limit);
        channel.pipeline().addLast(ending);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess()) {
                closeNotify(channel).addListener(said -> ending.linger(duplex, said.isSuccess(), timeoutNanos));
            } else {
                channel.close();
            }
        });
    }

    /** Says that this was all, where there is a word for it. */
    private static ChannelFuture closeNotify(Channel channel) {
        var tls = channel.pipeline().get(SslHandler.class);
        return tls == null ? channel.newSucceededFuture() : tls.closeOutbound();
    }

    private void linger(DuplexChannel duplex, boolean sent, long timeoutNanos) {
        if (sent && !duplex.isInputShutdown()) {
            flushed = true;
            duplex.shutdownOutput();
            deadline.set(timeoutNanos, () -> atOnce(channel));
            channel.read();
        } else {
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            dropped += bytes.readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (dropped > limit) {
            channel.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        channel.read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (flushed && event instanceof ChannelInputShutdownEvent) {
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.cancel();
    }
}
