package io.asgi4j.benchmarks.server;

import io.asgi4j.benchmarks.server.NettyHeads.Prepared;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection.
 *
 * <p>Owned by the connection's event loop. Small answers to requests that came together leave in one buffer, after all that came
 * was looked at.
 */
final class NettyHttp extends ChannelInboundHandlerAdapter {
    /** Up to here it costs less to copy bytes to others that leave than to write them on their own. */
    private static final int COPY_LIMIT = 1024;

    /** The largest part of a body: what one read gives at most. */
    private static final int PART_LIMIT = 64 * 1024;

    /** Parts of requests that may wait behind one whose answer takes its time. */
    private static final int WAITING_LIMIT = 64;

    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] CRLF = ascii("\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
    private static final ByteBuf CHUNK = shared(chunkStart(Answers.chunk().length), Answers.chunk(), CRLF);
    private static final ByteBuf FINAL_CHUNK =
            shared(chunkStart(Answers.chunk().length), Answers.chunk(), CRLF, LAST_CHUNK);

    /** How the body of a request is sent back, if it is. */
    private enum Echo {
        NONE,
        PLAIN,
        CHUNKED
    }

    private final NettyHeads heads;
    private final Path file;
    private final NettyRoom room;
    private final Queue<Object> waiting = new ArrayDeque<>(0);
    private @Nullable ByteBuf out;
    private @Nullable HttpRequest upgrade;
    private Echo echo = Echo.NONE;
    private boolean keepAlive = true;
    private boolean busy;
    private boolean stalled;
    private int chunks;

    NettyHttp(NettyHeads heads, Path file, NettyRoom room) {
        this.heads = heads;
        this.file = file;
        this.room = room;
    }

    /** A decoder, which has to stand in front. */
    static HttpRequestDecoder decoder() {
        return new HttpRequestDecoder(new HttpDecoderConfig().setMaxChunkSize(PART_LIMIT));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // there is one such object, and to look for an interface takes longer
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (busy) {
            waiting.add(message);
        } else if (message == LastHttpContent.EMPTY_LAST_CONTENT) {
            end(ctx);
        } else if (message instanceof DefaultHttpRequest request) {
            begin(ctx, request);
        } else {
            content(ctx, (HttpContent) message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        flush(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (stalled && ctx.channel().isWritable()) {
            stalled = false;
            stream(ctx);
            if (!stalled) {
                goOn(ctx);
            }
        }
        readOrNot(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        waiting.forEach(ReferenceCountUtil::release);
        if (out != null) {
            out.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void begin(ChannelHandlerContext ctx, DefaultHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            ctx.close();
            return;
        }
        keepAlive = HttpUtil.isKeepAlive(request);
        var prepared = heads.of(keepAlive);
        switch (request.uri()) {
            case "/hello" -> out(ctx).writeBytes(prepared.hello);
            case "/json" -> json(ctx, request, prepared);
            case "/echo" -> echo(ctx, request, prepared);
            case "/stream" -> {
                out(ctx).writeBytes(prepared.stream);
                chunks = Answers.CHUNKS;
                stream(ctx);
            }
            case "/file" -> file(ctx, prepared);
            case "/block" -> block(ctx);
            case "/ws", "/broadcast" -> upgrade = request;
            default -> out(ctx).writeBytes(prepared.notFound);
        }
    }

    private void json(ChannelHandlerContext ctx, HttpRequest request, Prepared prepared) {
        var language = request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE);
        var body = Answers.json(language == null ? "" : language);
        out(ctx).writeBytes(Prepared.complete(prepared.json, Integer.toString(body.length()), body));
    }

    private void echo(ChannelHandlerContext ctx, HttpRequest request, Prepared prepared) {
        if (HttpUtil.is100ContinueExpected(request)) {
            out(ctx).writeBytes(CONTINUE);
        }
        var length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        if (length == null) {
            echo = Echo.CHUNKED;
            out(ctx).writeBytes(prepared.chunkedBinary);
        } else {
            echo = Echo.PLAIN;
            out(ctx).writeBytes(Prepared.complete(prepared.binary, length, ""));
        }
    }

    /**
     * Writes chunks as long as there is room. They need no flush of their own: what is written in one turn of the loop leaves with
     * the flush at its end, and no client can tell.
     */
    private void stream(ChannelHandlerContext ctx) {
        writeOut(ctx);
        while (chunks > 0 && hasRoom(ctx)) {
            chunks--;
            ctx.write((chunks > 0 ? CHUNK : FINAL_CHUNK).duplicate());
        }
        // not before the loop has ended, because writability changes within it
        stalled = chunks > 0;
        busy = stalled;
    }

    private static boolean hasRoom(ChannelHandlerContext ctx) {
        if (!ctx.channel().isWritable()) {
            ctx.flush();
        }
        return ctx.channel().isWritable();
    }

    private void file(ChannelHandlerContext ctx, Prepared prepared) {
        var content = file.toFile();
        var length = content.length();
        out(ctx).writeBytes(Prepared.complete(prepared.binary, Long.toString(length), ""));
        writeOut(ctx);
        ctx.write(new DefaultFileRegion(content, 0, length));
    }

    private void block(ChannelHandlerContext ctx) {
        busy = true;
        ctx.executor().schedule(() -> unblock(ctx), Answers.BLOCK.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void unblock(ChannelHandlerContext ctx) {
        if (!ctx.isRemoved()) {
            out(ctx).writeBytes(heads.of(keepAlive).hello);
            goOn(ctx);
        }
    }

    private void content(ChannelHandlerContext ctx, HttpContent content) {
        var bytes = content.content();
        if (echo == Echo.NONE || !bytes.isReadable()) {
            bytes.release();
        } else if (echo == Echo.PLAIN) {
            write(ctx, bytes);
        } else {
            out(ctx).writeBytes(chunkStart(bytes.readableBytes()));
            write(ctx, bytes);
            out(ctx).writeBytes(CRLF);
        }
        if (content.decoderResult().isFailure()) {
            ctx.close();
        } else if (content instanceof LastHttpContent) {
            end(ctx);
        }
    }

    private void end(ChannelHandlerContext ctx) {
        if (echo == Echo.CHUNKED) {
            out(ctx).writeBytes(LAST_CHUNK);
        }
        echo = Echo.NONE;
        if (upgrade != null) {
            upgrade(ctx, upgrade);
        } else if (!keepAlive) {
            writeOut(ctx);
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Leaves the connection to a WebSocket's handlers. */
    private void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
        writeOut(ctx);
        if (request.uri().equals("/ws")) {
            NettyWebSocket.install(ctx.pipeline(), new NettyEcho());
        } else {
            NettyWebSocket.install(
                    ctx.pipeline(), new WebSocketFrameAggregator(Answers.MAX_MESSAGE), new NettyMember(room));
        }
        ctx.fireChannelRead(new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE));
        ctx.pipeline().remove(this);
    }

    /** Attends to what came while an answer took its time. */
    private void goOn(ChannelHandlerContext ctx) {
        busy = false;
        while (!busy && !waiting.isEmpty()) {
            channelRead(ctx, waiting.remove());
        }
        flush(ctx);
    }

    private void flush(ChannelHandlerContext ctx) {
        writeOut(ctx);
        ctx.flush();
        readOrNot(ctx);
    }

    private void readOrNot(ChannelHandlerContext ctx) {
        var channel = ctx.channel();
        channel.config().setAutoRead(channel.isWritable() && waiting.size() < WAITING_LIMIT);
    }

    private void write(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (bytes.readableBytes() <= COPY_LIMIT) {
            out(ctx).writeBytes(bytes);
            bytes.release();
        } else {
            writeOut(ctx);
            ctx.write(bytes);
        }
    }

    private ByteBuf out(ChannelHandlerContext ctx) {
        var buffer = out;
        if (buffer == null) {
            buffer = ctx.alloc().directBuffer();
            out = buffer;
        }
        return buffer;
    }

    private void writeOut(ChannelHandlerContext ctx) {
        if (out != null) {
            ctx.write(out);
            out = null;
        }
    }

    private static byte[] chunkStart(int size) {
        return ascii(Integer.toHexString(size) + "\r\n");
    }

    private static ByteBuf shared(byte[]... parts) {
        var bytes = Unpooled.copiedBuffer(parts);
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.readableBytes()).writeBytes(bytes));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
