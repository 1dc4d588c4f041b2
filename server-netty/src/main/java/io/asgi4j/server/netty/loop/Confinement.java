package io.asgi4j.server.netty.loop;

import java.io.IOException;

/**
 * What an event loop shares with its applications' threads is touched inside a confinement only, by one thread at a time.
 *
 * <p>Under the loop scheduler that is the carrier: of the threads on it only one runs, so that entering costs nothing. A
 * thread from elsewhere is not admitted; it has its call made there. Under the shared scheduler it is a lock, which admits
 * everybody.
 *
 * <p>Nobody waits for anything between {@link #enter} and {@link #exit}.
 */
public sealed interface Confinement permits Carrier, Lock {
    /** Whether the calling thread may enter. */
    boolean admits();

    /** Begins what nobody else may see unfinished. Only where {@link #admits()}; may be nested. */
    void enter();

    /** Ends what {@link #enter} has begun. */
    void exit();

    /**
     * Lets those who wait for the caller's thread go on for a while, if there are any.
     *
     * @return whether they did; false also where nobody waits for it, because everybody has a thread
     */
    boolean letOthersRun();

    /**
     * Lets an application's thread that waits go on. Called by any thread; on the loop, what it is doing now may come first,
     * so that many are woken at once.
     */
    void unpark(Thread thread);

    /**
     * Makes a call where it is admitted, and blocks until it has ended. An interrupt is passed on to the call.
     *
     * <p>The call is made on a thread of its own if need be: what it throws then shows the stacks of both.
     */
    <T> T call(Call<T> call) throws IOException, InterruptedException;

    /** What {@code receive} and {@code send} do. */
    @FunctionalInterface
    interface Call<T> {
        T call() throws IOException, InterruptedException;
    }
}
