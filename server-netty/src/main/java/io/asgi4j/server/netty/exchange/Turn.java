package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.loop.Confinement;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time send, in the order in which they came, so that one that sends and sends does not keep others
 * from their turn, or the end of the call.
 *
 * <p>Whoever has the turn may block. The fields are touched inside the confinement.
 */
final class Turn {
    private final Confinement confinement;
    private boolean taken;
    private @Nullable ArrayDeque<Waiter> waiting;

    Turn(Confinement confinement) {
        this.confinement = confinement;
    }

    /** Blocks until it is the caller's turn. An interrupt ends the wait, also one that came before it. */
    void take() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var waiter = takeOrQueue();
        if (waiter == null) {
            return;
        }
        try {
            waiter.await();
        } catch (InterruptedException interrupt) {
            if (!withdraw(waiter)) {
                pass();
            }
            throw interrupt;
        }
    }

    /** Blocks until it is the caller's turn, whoever interrupts. */
    void takeUninterruptibly() {
        var waiter = takeOrQueue();
        var interrupted = false;
        while (waiter != null) {
            try {
                waiter.await();
                waiter = null;
            } catch (InterruptedException interrupt) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the caller's turn. */
    void pass() {
        Waiter next = null;
        confinement.enter();
        try {
            if (waiting != null) {
                next = waiting.poll();
            }
            taken = next != null;
        } finally {
            confinement.exit();
        }
        if (next != null) {
            next.go();
        }
    }

    /** Returns what to wait for, or {@code null} if it is the caller's turn already. */
    private @Nullable Waiter takeOrQueue() {
        confinement.enter();
        try {
            if (!taken) {
                taken = true;
                return null;
            }
            if (waiting == null) {
                waiting = new ArrayDeque<>();
            }
            var waiter = new Waiter(confinement);
            waiting.add(waiter);
            return waiter;
        } finally {
            confinement.exit();
        }
    }

    /** Takes a waiter out of the queue; false if its turn has come meanwhile. */
    private boolean withdraw(Waiter waiter) {
        confinement.enter();
        try {
            return waiting != null && waiting.remove(waiter);
        } finally {
            confinement.exit();
        }
    }

    /** A thread that waits for its turn. */
    private static final class Waiter {
        private final Gate gate;
        private volatile boolean due;

        Waiter(Confinement confinement) {
            gate = new Gate(confinement);
        }

        void await() throws InterruptedException {
            gate.await(() -> due);
        }

        void go() {
            due = true;
            gate.signal();
        }
    }
}
