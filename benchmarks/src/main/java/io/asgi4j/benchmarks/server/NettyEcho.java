package io.asgi4j.benchmarks.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Sends back what comes, frame by frame: a fragmented message leaves as it came. */
final class NettyEcho extends NettyWebSocket {
    @Override
    void opened(ChannelHandlerContext ctx) {
        // nothing to say yet
    }

    @Override
    void received(ChannelHandlerContext ctx, WebSocketFrame frame) {
        ctx.write(frame);
    }
}
