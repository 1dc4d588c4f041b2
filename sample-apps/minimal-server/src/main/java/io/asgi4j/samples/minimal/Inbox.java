package io.asgi4j.samples.minimal;

import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.Receive;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What an application receives: events that wait, and the last one, which is told again and again. Any thread may call.
 *
 * <p>Semaphores count what is there and what has room. Nothing leaves the queue for a thread that is interrupted.
 */
final class Inbox implements Receive {
    private final Queue<InboundEvent> events = new ArrayDeque<>();
    private final Semaphore receiver = new Semaphore(1);
    private final Semaphore there = new Semaphore(0);
    private final Semaphore room;
    private @Nullable InboundEvent last;

    Inbox(int room) {
        this.room = new Semaphore(room);
    }

    @Override
    public InboundEvent receive() throws InterruptedException {
        if (!receiver.tryAcquire()) {
            throw new IllegalStateException("another receive of this exchange is in progress");
        }
        try {
            there.acquire();
            return next();
        } finally {
            receiver.release();
        }
    }

    private synchronized InboundEvent next() {
        if (events.isEmpty()) {
            there.release();
            return Objects.requireNonNull(last);
        }
        room.release();
        return events.remove();
    }

    /** Blocks until there is room for an event; returns false if nobody wants it. */
    boolean put(InboundEvent event) throws InterruptedException {
        room.acquire();
        return add(event);
    }

    synchronized boolean add(InboundEvent event) {
        if (last != null) {
            room.release();
            return false;
        }
        there.release();
        return events.add(event);
    }

    /** Says what comes last, unless that was said before, and drops what waits if it is to come at once. */
    synchronized void end(InboundEvent event, boolean atOnce) {
        if (atOnce) {
            events.clear();
        }
        last = last == null ? event : last;
        there.release();
        room.release();
    }
}
