package io.asgi4j.benchmarks.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of the clients; all that they do happens on the thread that made it, and only while one of its methods runs.
 */
public final class ClientLoop implements AutoCloseable {
    /** Addresses from which connections come in turn, since one has only 28,000 ports by default. */
    private static final int SOURCES = 8;

    private static final int READ_SIZE = 64 << 10;
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(100);

    private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
    private int connections;
    private @Nullable Throwable failure;

    /** Begins to connect; the handler learns when it is done. */
    void connect(InetSocketAddress server, ChannelHandler handler) {
        var source = new InetSocketAddress("127.0.0." + (1 + connections++ % SOURCES), 0);
        new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_SIZE))
                .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                .handler(handler)
                .connect(server, source)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        fail(connected.cause());
                    }
                });
    }

    /** Says that what a connection does is wrong; nothing more is waited for. */
    void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /**
     * Lets the connections work until the condition holds.
     *
     * @throws IOException if it does not in so long a time, or if a connection failed
     */
    public void runUntil(BooleanSupplier condition, Duration limit) throws IOException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The server did not do in " + limit.toSeconds() + " s what was waited for");
            }
            loop.run(LONGEST_WAIT);
            throwFailure();
        }
    }

    /** Lets the connections work for so long. */
    public void runFor(Duration time) throws IOException {
        var end = System.nanoTime() + time.toNanos();
        for (var left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            loop.run(Math.min(left, LONGEST_WAIT));
            throwFailure();
        }
    }

    /** Does what is to do now and does not wait; for who watches the clock himself. */
    public void runNow() throws IOException {
        loop.runNow();
        throwFailure();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.run(LONGEST_WAIT);
        }
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw new IOException("A connection failed: " + failure.getMessage(), failure);
        }
    }
}
