package io.asgi4j.server.netty.runner;

import io.asgi4j.server.netty.exchange.Exchange;
import io.asgi4j.server.netty.loop.Confinement;
import io.asgi4j.server.netty.loop.EventLoops;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application for each exchange of one event loop, on a virtual thread of its own.
 *
 * <p>{@link #run} is called on the loop. The calls under way are known, so that the end of the shutdown grace period can
 * interrupt them: as a list through the calls themselves, which changes inside the confinement only, but may be read by
 * any thread at any time, also while an application holds its loop.
 */
public final class ApplicationRunner {
    private static final String THREAD_NAME = "asgi4j-application";

    private final Application application;
    private final EventLoops loops;
    private final EventLoop loop;
    private final Confinement confinement;
    private final Capacity capacity;
    private volatile @Nullable Call newest;
    private volatile boolean interrupting;
    private volatile @Nullable Thread waiter;

    /**
     * Creates the runner of an event loop.
     *
     * @param capacity of the server, which all its runners share
     */
    public ApplicationRunner(Application application, EventLoops loops, EventLoop loop, Capacity capacity) {
        this.application = application;
        this.capacity = capacity;
        this.loops = loops;
        this.loop = loop;
        this.confinement = loops.confinement(loop);
    }

    /** Takes the place of one call, for {@link #run}; returns {@code false}, and does not, if too many are under way. */
    public boolean reserve() {
        return capacity.take();
    }

    /** Starts the call for an exchange, whose place was {@linkplain #reserve reserved}. Does not block. */
    public void run(Exchange exchange) {
        run(exchange, ApplicationRunner::nothing);
    }

    private static void nothing() {}

    /**
     * Starts the call for an exchange. Does not block.
     *
     * @param ended runs on the application's thread when the call is over
     */
    public void run(Exchange exchange, Runnable ended) {
        var call = new Call(exchange, ended);
        add(call);
        loops.startApplication(loop, THREAD_NAME, call);
    }

    private void add(Call call) {
        confinement.enter();
        try {
            var next = newest;
            if (next != null) {
                next.newer = call;
            }
            call.older = next;
            newest = call;
        } finally {
            confinement.exit();
        }
    }

    /** The removed call keeps its link to older ones, for whoever is just reading it. */
    private void remove(Call call) {
        confinement.enter();
        try {
            if (call.newer == null) {
                newest = call.older;
            } else {
                call.newer.older = call.older;
            }
            if (call.older != null) {
                call.older.newer = call.newer;
            }
        } finally {
            confinement.exit();
        }
        capacity.release();
        if (newest == null) {
            LockSupport.unpark(waiter);
        }
    }

    /**
     * Blocks until no call is under way, or the given {@link System#nanoTime} has passed; returns which. One thread at a
     * time may wait.
     */
    public boolean awaitIdle(long deadline) throws InterruptedException {
        waiter = Thread.currentThread();
        try {
            for (var left = deadline - System.nanoTime();
                    newest != null && left > 0;
                    left = deadline - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return newest == null;
        } finally {
            waiter = null;
        }
    }

    /** Interrupts every call that is under way, and every one that starts from now on. */
    public void interruptAll() {
        interrupting = true;
        for (var call = newest; call != null; call = call.older) {
            var thread = call.thread;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** One call of the application: what it receives and sends goes through here to where its exchange is confined. */
    private final class Call implements Runnable, Receive, Send {
        private final Exchange exchange;
        private final Runnable ended;
        private volatile @Nullable Thread thread;
        private volatile @Nullable Call older;
        private @Nullable Call newer;

        Call(Exchange exchange, Runnable ended) {
            this.exchange = exchange;
            this.ended = ended;
        }

        @Override
        public void run() {
            begin();
            Throwable failure = null;
            try {
                application.handle(exchange.scope(), this, this);
            } catch (Throwable thrown) {
                failure = thrown;
            }
            try {
                exchange.applicationEnded(failure);
            } finally {
                remove(this);
                ended.run();
            }
        }

        /** Either this thread sees that all are interrupted, or the interrupter sees this thread. */
        private void begin() {
            thread = Thread.currentThread();
            if (interrupting) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public InboundEvent receive() throws InterruptedException {
            if (confinement.admits()) {
                return exchange.receive();
            }
            try {
                return confinement.call(exchange::receive);
            } catch (IOException undeclared) {
                throw new AssertionError(undeclared);
            }
        }

        @Override
        public void send(OutboundEvent event) throws IOException, InterruptedException {
            if (confinement.admits()) {
                exchange.send(event);
                return;
            }
            confinement.call(() -> {
                exchange.send(event);
                return event;
            });
        }
    }
}
