package io.asgi4j.server.netty.loop;

import io.asgi4j.server.netty.options.TransportMode;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.net.StandardSocketOptions;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the loops talk to the operating system.
 *
 * @param serverChannels makes TCP server channels that fit the loops
 * @param adopted makes one of a socket that listens already, whose descriptor it is given; null if the transport cannot
 * @param reusePort lets several sockets listen on one port (SO_REUSEPORT)
 */
public record Transport(
        String name,
        IoHandlerFactory handlers,
        ChannelFactory<? extends ServerChannel> serverChannels,
        @Nullable IntFunction<? extends ServerChannel> adopted,
        ChannelOption<Boolean> reusePort) {
    /**
     * The transport for a mode.
     *
     * @throws UnsupportedOperationException if the mode names a transport that is not available here
     */
    static Transport choose(TransportMode mode) {
        return switch (mode) {
            case AUTO -> Epoll.isAvailable() ? epoll() : nio();
            case NIO -> nio();
            case EPOLL -> {
                requireAvailable("epoll", Epoll.unavailabilityCause());
                yield epoll();
            }
            case IO_URING -> {
                requireAvailable("io_uring", IoUring.unavailabilityCause());
                yield new Transport(
                        "io_uring",
                        IoUringIoHandler.newFactory(),
                        IoUringServerSocketChannel::new,
                        null,
                        UnixChannelOption.SO_REUSEPORT);
            }
        };
    }

    /** The beginning of a description of {@code loops} loops on this transport. */
    String describe(int loops) {
        return name + ", " + loops + (loops == 1 ? " loop" : " loops");
    }

    private static Transport epoll() {
        return new Transport(
                "epoll",
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel::new,
                EpollServerSocketChannel::new,
                UnixChannelOption.SO_REUSEPORT);
    }

    private static Transport nio() {
        return new Transport(
                "nio",
                NioIoHandler.newFactory(),
                NioServerSocketChannel::new,
                null,
                NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT));
    }

    private static void requireAvailable(String name, @Nullable Throwable obstacle) {
        if (obstacle == null) {
            return;
        }
        // an UnsatisfiedLinkError of the loader says less than the one it wraps
        var root = obstacle;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        throw new UnsupportedOperationException("the transport " + name + " is not available: " + root, obstacle);
    }
}
