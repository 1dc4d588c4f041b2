package io.asgi4j.server.netty.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends files through TLS, which the kernel cannot do: reads them piece by piece, the next when the one before was sent.
 *
 * <p>Owned by the connection's event loop. While a file is sent the channel is not writable, so that little comes to wait behind it.
 */
final class FilePieces extends ChannelDuplexHandler {
    private static final int PIECE = 64 << 10;

    /** The one of the channel's reasons not to be writable that is this handler's; Netty numbers them from 1 to 31. */
    private static final int WRITABILITY = 1;

    private record Waiting(Object message, ChannelPromise promise) {}

    /** A file, and what comes behind it. */
    private final Queue<Waiting> queue = new ArrayDeque<>();
    /** Whether a piece of the file in front is on its way. */
    private boolean sending;

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (queue.isEmpty() && !(message instanceof FileRegion)) {
            ctx.write(message, promise);
            return;
        }
        if (queue.isEmpty()) {
            setWritable(ctx, false);
        }
        queue.add(new Waiting(message, promise));
    }

    private static void setWritable(ChannelHandlerContext ctx, boolean writable) {
        var out = ctx.channel().unsafe().outboundBuffer();
        if (out != null) {
            out.setUserDefinedWritability(WRITABILITY, writable);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        advance(ctx);
        ctx.flush();
    }

    /** Writes what waits, up to the next piece of a file. */
    private void advance(ChannelHandlerContext ctx) {
        while (!sending && !queue.isEmpty()) {
            var next = queue.element();
            if (!(next.message() instanceof FileRegion file)) {
                queue.remove();
                ctx.write(next.message(), next.promise());
            } else if (file.transferred() < file.count()) {
                sendPiece(ctx, file);
            } else {
                queue.remove();
                file.release();
                next.promise().setSuccess();
            }
            if (queue.isEmpty()) {
                setWritable(ctx, true);
            }
        }
    }

    private void sendPiece(ChannelHandlerContext ctx, FileRegion file) {
        var size = (int) Math.min(PIECE, file.count() - file.transferred());
        var piece = ctx.alloc().directBuffer(size, size);
        try {
            file.transferTo(new Filling(piece), file.transferred());
        } catch (IOException e) {
            piece.release();
            fail(e);
            return;
        }
        sending = true;
        ctx.writeAndFlush(piece).addListener(written -> {
            sending = false;
            if (written.isSuccess()) {
                advance(ctx);
                ctx.flush();
            } else {
                fail(written.cause());
            }
        });
    }

    private void fail(Throwable cause) {
        for (var lost = queue.poll(); lost != null; lost = queue.poll()) {
            ReferenceCountUtil.release(lost.message());
            lost.promise().tryFailure(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(new ClosedChannelException());
        ctx.fireChannelInactive();
    }

    /** Takes as many bytes as a buffer has room for. */
    private record Filling(ByteBuf buffer) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) {
            var count = Math.min(bytes.remaining(), buffer.writableBytes());
            buffer.writeBytes(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
