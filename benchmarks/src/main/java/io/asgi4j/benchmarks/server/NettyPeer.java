package io.asgi4j.benchmarks.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Netty without anything above it: the limit that the others are compared with. */
public final class NettyPeer {
    private NettyPeer() {}

    public static void main(String[] arguments) throws InterruptedException {
        var parsed = Arguments.of(arguments);
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(parsed.loops(), EpollIoHandler.newFactory()))
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 2048)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Accepted(parsed.file()))
                .bind(Arguments.HOST, parsed.port())
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static final class Accepted extends ChannelInitializer<Channel> {
        private final Path file;
        private final NettyRoom room = new NettyRoom();
        private final Map<EventLoop, NettyHeads> heads = new ConcurrentHashMap<>();

        Accepted(Path file) {
            this.file = file;
        }

        @Override
        protected void initChannel(Channel channel) {
            var ofLoop = heads.computeIfAbsent(channel.eventLoop(), NettyHeads::new);
            channel.pipeline().addLast(NettyHttp.decoder(), new NettyHttp(ofLoop, file, room));
        }
    }
}
