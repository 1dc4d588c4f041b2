package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.loop.Confinement;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries work from the application's threads to the event loop, in order, and makes the sender wait while the client
 * does not read.
 *
 * <p>One sender at a time (the exchange's turn guards {@link #put} and {@link #awaitRoom}); one event loop runs what was
 * put. The bytes that wait here are those put and not yet taken; what the loop has taken is bounded by the channel's
 * water marks, which arrive as {@link #writable}. The queue is touched inside the confinement.
 */
final class Outbox implements Mailbox.Entry {
    private static final int USUAL_ACTIONS = 4;
    /** What an action counts beside its bytes: about the memory of its event, so that empty ones are bounded too. */
    private static final int ACTION_COST = 128;

    private final Mailbox mailbox;
    private final Confinement confinement;
    private final Runnable afterDrain;
    private final Runnable onFailure;
    private final long limit;
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>(USUAL_ACTIONS);
    /** Whether the loop knows that it has to look here. */
    private boolean posted;

    private final Gate room;
    private final BooleanSupplier hasRoom = this::hasRoom;
    /** Bytes put; the sender's. */
    private long put;
    /** Bytes taken; the loop's. */
    private long taken;
    /** Bytes taken, as far as the sender is told: after each drain. */
    private volatile long handedOn;

    private volatile boolean writable = true;
    private volatile boolean released;

    /**
     * Creates an outbox.
     *
     * @param limit how many bytes may wait before the sender has to
     * @param afterDrain runs on the loop after what was put, once per turn: the place for the flush
     * @param onFailure runs on the loop if an action throws, which is a defect of the server
     */
    Outbox(Mailbox mailbox, Confinement confinement, long limit, Runnable afterDrain, Runnable onFailure) {
        this.mailbox = mailbox;
        this.confinement = confinement;
        this.room = new Gate(confinement);
        this.limit = limit;
        this.afterDrain = afterDrain;
        this.onFailure = onFailure;
    }

    /** Makes the loop run an action that takes so many bytes. Never blocks. */
    void put(Runnable action, int bytes) {
        put += bytes + ACTION_COST;
        if (add(action)) {
            mailbox.post(this);
        }
    }

    /** Makes the loop take a turn soon, also if nothing was put. Any thread that the confinement admits. */
    void wake() {
        if (add(null)) {
            mailbox.post(this);
        }
    }

    /** Returns whether the loop has to be told. */
    private boolean add(@Nullable Runnable action) {
        confinement.enter();
        try {
            if (action != null) {
                queue.add(action);
            }
            var tell = !posted;
            posted = true;
            return tell;
        } finally {
            confinement.exit();
        }
    }

    /** Returns the next action; after the last one, the next to be put posts again. */
    private @Nullable Runnable next() {
        confinement.enter();
        try {
            var action = queue.poll();
            if (action == null) {
                posted = false;
            }
            return action;
        } finally {
            confinement.exit();
        }
    }

    /** Blocks the sender while too much waits or the client does not read; returns whether it had to wait. */
    boolean awaitRoom() throws InterruptedException {
        return room.await(hasRoom);
    }

    private boolean hasRoom() {
        return released || (writable && put - handedOn <= limit);
    }

    @Override
    public void drain() {
        assert mailbox.loop().inEventLoop();
        for (var action = next(); action != null; action = next()) {
            taken += ACTION_COST;
            action.run();
        }
        handedOn = taken;
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
        taken += bytes;
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
