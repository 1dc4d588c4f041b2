package io.asgi4j.server.netty.listener;

import io.asgi4j.server.netty.loop.EventLoops;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens the socket of a listener: one of its own, or one that listens already. Stateless. */
final class ListeningSocket {
    private ListeningSocket() {}

    /**
     * Accepts connections from now on; blocks until it does.
     *
     * @param accepted takes over the connections
     * @throws IOException if there is no such socket, or its address cannot be had; the message is the transport's
     */
    static Channel open(EventLoops loops, Options options, ChannelHandler accepted) throws IOException {
        var writeBuffer = options.get(ServerOptions.WRITE_BUFFER);
        var bootstrap = new ServerBootstrap()
                .group(loops.group())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(writeBuffer / 2, writeBuffer))
                .childOption(ChannelOption.MESSAGE_SIZE_ESTIMATOR, new FileSizes())
                .childHandler(accepted);
        var opened = options.get(ServerOptions.FD).isEmpty()
                ? bind(bootstrap, loops, options)
                : adopt(bootstrap, loops, options);
        if (!opened.awaitUninterruptibly().isSuccess()) {
            throw new IOException(opened.cause().getMessage(), opened.cause());
        }
        return opened.channel();
    }

    private static ChannelFuture bind(ServerBootstrap bootstrap, EventLoops loops, Options options) {
        if (options.get(ServerOptions.REUSE_PORT)) {
            bootstrap.option(loops.transport().reusePort(), true);
        }
        return bootstrap
                .channelFactory(loops.transport().serverChannels())
                .option(ChannelOption.SO_BACKLOG, options.get(ServerOptions.BACKLOG))
                .option(ChannelOption.SO_REUSEADDR, true)
                .bind(new InetSocketAddress(options.get(ServerOptions.HOST), options.get(ServerOptions.PORT)));
    }

    /** A channel of a socket that listens is active as soon as it is registered. */
    private static ChannelFuture adopt(ServerBootstrap bootstrap, EventLoops loops, Options options)
            throws IOException {
        var adopted = loops.transport().adopted();
        if (adopted == null) {
            throw new IOException(
                    "the transport " + loops.transport().name() + " cannot take over a socket, epoll can");
        }
        var descriptor = InheritedSocket.descriptor(options.get(ServerOptions.FD), System.getenv());
        InheritedSocket.require(descriptor, options.get(ServerOptions.BACKLOG));
        var opened = bootstrap
                .option(ChannelOption.AUTO_READ, false)
                .channelFactory(() -> adopted.apply(descriptor))
                .register();
        // Not before: connections that wait already would come when nobody is there yet to take them.
        opened.addListener(registered -> {
            if (registered.isSuccess()) {
                opened.channel()
                        .eventLoop()
                        .execute(() -> opened.channel().config().setAutoRead(true));
            }
        });
        return opened;
    }
}
