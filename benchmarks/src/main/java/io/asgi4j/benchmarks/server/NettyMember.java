package io.asgi4j.benchmarks.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** One of those to whom goes what any of them says. It gets whole messages. */
final class NettyMember extends NettyWebSocket {
    private final NettyRoom room;

    NettyMember(NettyRoom room) {
        this.room = room;
    }

    @Override
    void opened(ChannelHandlerContext ctx) {
        room.join(ctx.channel());
    }

    @Override
    void received(ChannelHandlerContext ctx, WebSocketFrame frame) {
        room.say(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        room.leave(ctx.channel());
        ctx.fireChannelInactive();
    }
}
