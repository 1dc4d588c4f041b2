package io.asgi4j.server.netty.loop;

import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.TransportMode;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;

/**
 * The event loops of a server together with the threads its applications run on.
 *
 * <p>All methods may be called from any thread.
 */
public sealed interface EventLoops extends AutoCloseable permits CarrierLoops, SharedLoops {
    /**
     * Starts the loops.
     *
     * @param scheduler which threads carry the applications; {@link SchedulerMode#AUTO} takes {@link SchedulerMode#LOOP}
     *     where this JVM can, and otherwise says once in the log what is missing
     * @param transport which operating-system interface the loops use; {@link TransportMode#AUTO} takes epoll where its
     *     native library loads, else NIO
     * @param loops how many loops; 0 for one per processor
     * @throws UnsupportedOperationException if an explicitly chosen scheduler or transport is not to be had here; the
     *     message says why in one sentence
     */
    static EventLoops open(SchedulerMode scheduler, TransportMode transport, int loops) {
        if (loops < 0) {
            throw new IllegalArgumentException("the number of event loops must not be negative: " + loops);
        }
        var io = Transport.choose(transport);
        var count = loops == 0 ? Runtime.getRuntime().availableProcessors() : loops;
        return switch (scheduler) {
            case SHARED -> new SharedLoops(io, count);
            case LOOP -> {
                VirtualThreads.refusal().ifPresent(reason -> {
                    throw new UnsupportedOperationException(
                            "the scheduler loop is not available, since this JVM " + reason);
                });
                yield new CarrierLoops(io, count);
            }
            case AUTO ->
                VirtualThreads.refusal()
                        .<EventLoops>map(reason -> SharedLoops.insteadOfCarriers(io, count, reason))
                        .orElseGet(() -> new CarrierLoops(io, count));
        };
    }

    /** The loops, for a {@code ServerBootstrap}: each registration of a channel takes the next loop in turn. */
    EventLoopGroup group();

    /** How the loops talk to the operating system. */
    Transport transport();

    /**
     * Starts a virtual thread for an application whose connection belongs to {@code loop}. Called from the loop, it begins
     * after what the loop is doing now.
     *
     * <p>Loop mode: it runs on the loop's carrier, and so do the virtual threads that it starts itself, because the JVM
     * lets them inherit the scheduler.
     *
     * @param name of the thread; a constant is cheapest, since a name costs its concatenation on every request
     */
    Thread startApplication(EventLoop loop, String name, Runnable application);

    /** A confinement for what {@code loop} shares with its applications; each call may give another one. */
    Confinement confinement(EventLoop loop);

    /** What the start-up log tells, such as {@code epoll, 2 loops, applications on their loop's carrier}. */
    String description();

    /**
     * Closes the channels that are still open, runs the tasks that are due, and stops the loops.
     *
     * <p>Blocks until they have stopped, at most 5 s; a loop that an application holds longer is left behind with a
     * warning. May be called again. An application that is still alive may finish later: it keeps being scheduled.
     */
    @Override
    void close();
}
