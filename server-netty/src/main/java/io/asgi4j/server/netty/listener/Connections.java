package io.asgi4j.server.netty.listener;

import io.asgi4j.server.netty.exchange.ServerEvent;
import io.asgi4j.server.netty.http.Ending;
import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The open connections of a listener. Thread-safe; all fields are guarded by {@code lock}. */
final class Connections {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final Set<Channel> open = new HashSet<>();
    private final int limit;
    private boolean draining;

    Connections(int limit) {
        this.limit = limit;
    }

    /** Takes a new connection in; returns {@code false}, and does not, if there are too many. */
    boolean add(Channel channel) {
        boolean late;
        lock.lock();
        try {
            if (open.size() >= limit) {
                return false;
            }
            open.add(channel);
            late = draining;
        } finally {
            lock.unlock();
        }
        channel.closeFuture().addListener(closed -> remove(channel));
        if (late) {
            drain(channel);
        }
        return true;
    }

    private void remove(Channel channel) {
        lock.lock();
        try {
            open.remove(channel);
            if (open.isEmpty()) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells every connection, also those that are still to come, that the server stops. */
    void drain() {
        lock.lock();
        try {
            draining = true;
        } finally {
            lock.unlock();
        }
        snapshot().forEach(Connections::drain);
    }

    private static void drain(Channel channel) {
        channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(ServerEvent.DRAINING));
    }

    /** Closes every connection at once. */
    void closeAll() {
        snapshot().forEach(channel -> channel.eventLoop().execute(() -> Ending.atOnce(channel)));
    }

    private List<Channel> snapshot() {
        lock.lock();
        try {
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until no connection is open, or the given {@link System#nanoTime} has passed; returns which. */
    boolean awaitEmpty(long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (var left = deadline - System.nanoTime(); !open.isEmpty() && left > 0; ) {
                left = empty.awaitNanos(left);
            }
            return open.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
