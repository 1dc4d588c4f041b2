package io.asgi4j.server.netty.listener;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of connections that there was no room for, at most once a second, lest a flood fills the log too. Thread-safe. */
final class RefusedConnections {
    private static final Logger LOG = LoggerFactory.getLogger("asgi4j");

    private final int limit;
    /** Refusals since the last line and one for that line; 0 if it was written more than a second ago. */
    private final AtomicInteger count = new AtomicInteger();

    /** Refusals beyond a limit of open connections. */
    RefusedConnections(int limit) {
        this.limit = limit;
    }

    /** There was one more; any loop may look at the others in a second. */
    void add(EventLoop loop) {
        if (count.getAndIncrement() == 0) {
            LOG.warn("Refused a connection: {} are open already", limit);
            tellLater(loop);
        }
    }

    private void tellLater(EventLoop loop) {
        loop.schedule(() -> tell(loop), 1, TimeUnit.SECONDS);
    }

    private void tell(EventLoop loop) {
        if (!count.compareAndSet(1, 0)) {
            LOG.warn("Refused {} more connections: {} are open already", count.getAndSet(1) - 1, limit);
            tellLater(loop);
        }
    }
}
