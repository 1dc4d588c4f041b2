package io.asgi4j.server.netty.exchange;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Carries work from the application's threads to the event loop, in order, and makes the sender wait while the client
 * does not read.
 *
 * <p>One sender at a time (the exchange's turn guards {@link #put} and {@link #awaitRoom}); one event loop runs what was
 * put. The bytes that wait here are those put and not yet taken; what the loop has taken is bounded by the channel's
 * water marks, which arrive as {@link #writable}.
 */
final class Outbox implements Mailbox.Entry {
    private final Mailbox mailbox;
    private final Runnable afterDrain;
    private final Runnable onFailure;
    private final long limit;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean posted = new AtomicBoolean();
    private final Gate room = new Gate();
    private final BooleanSupplier hasRoom = this::hasRoom;
    /** Bytes put; the sender's. */
    private long put;
    /** Bytes taken; written by the loop only. */
    private final AtomicLong taken = new AtomicLong();

    private volatile boolean writable = true;
    private volatile boolean released;

    /**
     * Creates an outbox.
     *
     * @param limit how many bytes may wait before the sender has to
     * @param afterDrain runs on the loop after what was put, once per turn: the place for the flush
     * @param onFailure runs on the loop if an action throws, which is a defect of the server
     */
    Outbox(Mailbox mailbox, long limit, Runnable afterDrain, Runnable onFailure) {
        this.mailbox = mailbox;
        this.limit = limit;
        this.afterDrain = afterDrain;
        this.onFailure = onFailure;
    }

    /** Makes the loop run an action that takes so many bytes. Never blocks. */
    void put(Runnable action, int bytes) {
        put += bytes;
        queue.add(action);
        wake();
    }

    /** Makes the loop take a turn soon, also if nothing was put. Any thread. */
    void wake() {
        if (posted.compareAndSet(false, true)) {
            mailbox.post(this);
        }
    }

    /** Blocks the sender while too much waits or the client does not read; returns whether it had to wait. */
    boolean awaitRoom() throws InterruptedException {
        return room.await(hasRoom);
    }

    private boolean hasRoom() {
        return released || (writable && put - taken.get() <= limit);
    }

    @Override
    public void drain() {
        assert mailbox.loop().inEventLoop();
        // Cleared first: an action that is put from now on posts again.
        posted.set(false);
        for (var action = queue.poll(); action != null; action = queue.poll()) {
            action.run();
        }
        room.signal();
    }

    @Override
    public void fail() {
        onFailure.run();
    }

    @Override
    public void flush() {
        afterDrain.run();
    }

    /** Tells that so many of the bytes put were handed on. Loop only. */
    void taken(int bytes) {
        taken.addAndGet(bytes);
    }

    /** Tells whether the client takes more. Loop only. */
    void writable(boolean now) {
        writable = now;
        if (now) {
            room.signal();
        }
    }

    /** Makes no sender wait from now on, because nobody will read. Any thread. */
    void release() {
        released = true;
        room.signal();
    }
}
