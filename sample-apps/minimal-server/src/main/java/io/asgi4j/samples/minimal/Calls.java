package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Runs the application, each call on a virtual thread of its own, and knows which calls still run.
 *
 * <p>Thread ownership: any thread may do anything.
 *
 * <p>Keeps: {@code threads.may-block}, {@code threads.virtual}, {@code core.call.one-per-exchange},
 * {@code core.call.concurrent}, {@code errors.contained}, {@code cancellation.grace-period-interrupts}.
 */
final class Calls {
    private final Application application;
    private final Crowd<Call> running = new Crowd<>();

    Calls(Application application) {
        this.application = application;
    }

    /** Calls the application, which may outlive its exchange. */
    void start(Scope scope, Exchange exchange) {
        var call = new Call(scope, exchange);
        running.add(call);
        call.thread.start();
    }

    /** Calls the application for the lifespan, which the grace period does not concern. */
    Thread startLifespan(Scope scope, Exchange exchange) {
        var call = new Call(scope, exchange);
        call.thread.start();
        return call.thread;
    }

    /** Blocks until no call runs or the time, as {@link System#nanoTime} has it, is over. */
    void awaitNone(long deadline) throws InterruptedException {
        running.awaitNone(deadline);
    }

    void interruptAll() {
        running.forEach(Call::interrupt);
    }

    private final class Call implements Runnable {
        final Thread thread;
        private final Scope scope;
        private final Exchange exchange;
        private volatile boolean interrupted;

        Call(Scope scope, Exchange exchange) {
            this.scope = scope;
            this.exchange = exchange;
            this.thread = Thread.ofVirtual().name("asgi-" + scope.type()).unstarted(this);
        }

        void interrupt() {
            interrupted = true;
            thread.interrupt();
        }

        @Override
        @SuppressWarnings("CatchingUnchecked") // whatever leaves an application ends its exchange and nothing else
        public void run() {
            @Nullable Throwable failure = null;
            try {
                application.handle(scope, exchange, exchange);
            } catch (Throwable thrown) {
                failure = thrown;
            }
            try {
                exchange.ended(failure, interrupted);
            } finally {
                running.remove(this);
            }
        }
    }
}
