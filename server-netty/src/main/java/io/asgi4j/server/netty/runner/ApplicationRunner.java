package io.asgi4j.server.netty.runner;

import io.asgi4j.server.netty.exchange.Exchange;
import io.asgi4j.server.netty.loop.EventLoops;
import io.asgi4j.spec.Application;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application for each exchange of one event loop, on a virtual thread of its own.
 *
 * <p>{@link #run} is called on the loop. The calls under way are known, as a list that goes through the calls themselves
 * and is guarded by this object's monitor, so that the end of the shutdown grace period can interrupt them.
 */
public final class ApplicationRunner {
    private static final String THREAD_NAME = "asgi4j-application";

    private final Application application;
    private final EventLoops loops;
    private final EventLoop loop;
    private @Nullable Call newest;
    private boolean interrupting;

    /** Creates the runner of an event loop. */
    public ApplicationRunner(Application application, EventLoops loops, EventLoop loop) {
        this.application = application;
        this.loops = loops;
        this.loop = loop;
    }

    /** Starts the call for an exchange. Does not block. */
    public void run(Exchange exchange) {
        var call = new Call(exchange);
        add(call);
        loops.startApplication(loop, THREAD_NAME, call);
    }

    private synchronized void add(Call call) {
        var next = newest;
        if (next != null) {
            next.newer = call;
        }
        call.older = next;
        newest = call;
    }

    private synchronized void remove(Call call) {
        if (call.newer == null) {
            newest = call.older;
        } else {
            call.newer.older = call.older;
        }
        if (call.older != null) {
            call.older.newer = call.newer;
        }
        if (newest == null) {
            notifyAll();
        }
    }

    private synchronized void begin(Call call) {
        call.thread = Thread.currentThread();
        if (interrupting) {
            call.thread.interrupt();
        }
    }

    /** Blocks until no call is under way, or the given {@link System#nanoTime} has passed; returns which. */
    public synchronized boolean awaitIdle(long deadline) throws InterruptedException {
        for (var left = deadline - System.nanoTime(); newest != null && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return newest == null;
    }

    /** Interrupts every call that is under way, and every one that starts from now on. */
    public synchronized void interruptAll() {
        interrupting = true;
        for (var call = newest; call != null; call = call.older) {
            if (call.thread != null) {
                call.thread.interrupt();
            }
        }
    }

    /** One call of the application. */
    private final class Call implements Runnable {
        private final Exchange exchange;
        private @Nullable Thread thread;
        private @Nullable Call newer;
        private @Nullable Call older;

        Call(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void run() {
            begin(this);
            Throwable failure = null;
            try {
                application.handle(exchange.scope(), exchange, exchange);
            } catch (Throwable thrown) {
                failure = thrown;
            }
            try {
                exchange.applicationEnded(failure);
            } finally {
                remove(this);
            }
        }
    }
}
