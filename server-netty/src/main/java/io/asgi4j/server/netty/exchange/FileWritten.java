package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.exchange.HttpStream.FileRange;
import io.asgi4j.server.netty.loop.Confinement;

/** Lets an application's thread wait until the server needs a file no longer. Set by the event loop, once. */
final class FileWritten implements FileRange.Done {
    private final Gate gate;
    private volatile boolean over;
    private boolean written;

    FileWritten(Confinement confinement) {
        gate = new Gate(confinement);
    }

    @Override
    public void done(boolean success) {
        written = success;
        over = true;
        gate.signal();
    }

    /** Blocks until the file was sent or cannot be sent any more; returns which. */
    boolean await() throws InterruptedException {
        gate.await(() -> over);
        return written;
    }

    /** The same, whoever interrupts. */
    boolean awaitUninterruptibly() {
        var interrupted = false;
        while (!over) {
            try {
                await();
            } catch (InterruptedException interrupt) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return written;
    }

    /** Whether the server needs the file no longer. */
    boolean isOver() {
        return over;
    }
}
