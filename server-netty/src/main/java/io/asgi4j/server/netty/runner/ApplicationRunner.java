package io.asgi4j.server.netty.runner;

import io.asgi4j.server.netty.exchange.Exchange;
import io.asgi4j.server.netty.loop.EventLoops;
import io.asgi4j.spec.Application;
import io.netty.channel.EventLoop;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application for each exchange, on a virtual thread of its own.
 *
 * <p>Thread-safe. Knows the threads of the calls that are under way, so that the end of the shutdown grace period can
 * interrupt them.
 */
public final class ApplicationRunner {
    private static final String THREAD_NAME = "asgi4j-application";

    private final Application application;
    private final EventLoops loops;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    /** Calls that were started and are not over; a call counts before its thread runs. */
    private final AtomicInteger calls = new AtomicInteger();

    private final Semaphore idle = new Semaphore(0);
    private volatile boolean awaited;
    private volatile boolean interrupted;

    public ApplicationRunner(Application application, EventLoops loops) {
        this.application = application;
        this.loops = loops;
    }

    /** Starts the call for an exchange whose connection belongs to the given loop. Does not block. */
    public void run(EventLoop loop, Exchange exchange) {
        calls.incrementAndGet();
        loops.startApplication(loop, THREAD_NAME, () -> call(exchange));
    }

    private void call(Exchange exchange) {
        var thread = Thread.currentThread();
        running.add(thread);
        if (interrupted) {
            thread.interrupt();
        }
        @Nullable Throwable failure = null;
        try {
            application.handle(exchange.scope(), exchange, exchange);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        try {
            exchange.applicationEnded(failure);
        } finally {
            running.remove(thread);
            if (calls.decrementAndGet() == 0 && awaited) {
                idle.release();
            }
        }
    }

    /** Blocks until no call is under way, or so many nanoseconds have passed; returns which. One caller at a time. */
    public boolean awaitIdle(long nanos) throws InterruptedException {
        awaited = true;
        var deadline = System.nanoTime() + nanos;
        while (calls.get() > 0) {
            if (!idle.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return calls.get() == 0;
            }
        }
        return true;
    }

    /** Interrupts every call that is under way, and every one that starts from now on. */
    public void interruptAll() {
        interrupted = true;
        running.forEach(Thread::interrupt);
    }
}
