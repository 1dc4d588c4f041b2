package io.asgi4j.server.netty.loop;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop that is a virtual thread on the carrier it shares with the applications of its connections.
 *
 * <p>Each turn does the I/O that is ready, then lets every runnable application go on once, then runs the tasks. So
 * neither a flood of requests nor an application that yields in a circle holds up the other. The loop blocks in the
 * selector only when no application is runnable and no task is due.
 */
final class CarrierEventLoop extends ManualIoEventLoop {
    private static final Logger LOGGER = LoggerFactory.getLogger(CarrierEventLoop.class);

    /** How long tasks may run before I/O gets its turn again: other threads could add them for ever. */
    private static final long TASKS_LIMIT_NANOS = Duration.ofMillis(1).toNanos();

    private static final long NO_TASKS = -1;
    private static final long UNTIL_SOMETHING_IS_READY = 0;

    /** Keeps an error that comes back at each turn from filling the disk with logs. */
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(100);

    private final Carrier carrier;

    /** A loop that is running. */
    CarrierEventLoop(IoEventLoopGroup parent, IoHandlerFactory handlers, int number) {
        super(parent, null, handlers);
        carrier = new Carrier("asgi4j-carrier-" + number, this::wakeup);
        // as a thread with fast thread locals it has Netty's buffer caches, like the thread of any other event loop
        var thread = VirtualThreads.unstarted(
                carrier, "asgi4j-loop-" + number, () -> FastThreadLocalThread.runWithFastThreadLocal(this::drive));
        setOwningThread(thread);
        thread.start();
    }

    Carrier carrier() {
        return carrier;
    }

    @Override
    protected boolean canBlock() {
        return carrier.mayBlock();
    }

    private void drive() {
        while (!isTerminated()) {
            try {
                turn();
            } catch (Throwable e) {
                LOGGER.error("An event loop goes on after an error.", e);
                pause();
            }
        }
        carrier.retire();
    }

    @SuppressWarnings("ThreadPriorityCheck") // here the yield is no hint: the scheduler is ours
    private void turn() {
        run(UNTIL_SOMETHING_IS_READY, NO_TASKS);
        carrier.beginTurn();
        if (carrier.hasContinuations()) {
            Thread.yield();
        }
        // last, because most tasks are output of the applications that have just had their turn
        runNonBlockingTasks(TASKS_LIMIT_NANOS);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_ERROR);
        } catch (InterruptedException e) {
            LOGGER.debug("Nobody is known to interrupt an event loop.", e);
        }
    }
}
