package io.asgi4j.benchmarks.server;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;

/**
 * A WebSocket, from its request to its end.
 *
 * <p>Owned by the connection's event loop.
 */
abstract class NettyWebSocket extends ChannelInboundHandlerAdapter {
    private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(Answers.MAX_MESSAGE)
            .allowExtensions(true)
            .build();

    /** Adds what makes a WebSocket of a connection whose next message is the request for it. */
    static void install(ChannelPipeline pipeline, ChannelHandler... own) {
        pipeline.addLast(
                new HttpResponseEncoder(),
                new WebSocketServerCompressionHandler(Answers.MAX_MESSAGE),
                new Utf8FrameValidator());
        pipeline.addLast(own);
    }

    /** Called once, when the handshake has been answered and what it agreed on is installed. */
    abstract void opened(ChannelHandlerContext ctx);

    /** Called with each message, or each part of one; the callee releases it. */
    abstract void received(ChannelHandlerContext ctx, WebSocketFrame frame);

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch (message) {
            case FullHttpRequest request -> open(ctx, request);
            case CloseWebSocketFrame close -> ctx.writeAndFlush(close).addListener(ChannelFutureListener.CLOSE);
            case PingWebSocketFrame ping -> ctx.write(new PongWebSocketFrame(ping.content()));
            case PongWebSocketFrame pong -> pong.release();
            default -> received(ctx, (WebSocketFrame) message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
        readOrNot(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readOrNot(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void open(ChannelHandlerContext ctx, FullHttpRequest request) {
        new WebSocketServerHandshaker13(request.uri(), null, FRAMES)
                .handshake(ctx.channel(), request)
                .addListener(handshake -> {
                    if (handshake.isSuccess()) {
                        opened(ctx);
                    } else {
                        ctx.close();
                    }
                });
    }

    private static void readOrNot(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }
}
