package io.asgi4j.spec;

import java.time.Duration;

/**
 * Something that happens at most once and then has happened for good; thread-safe.
 *
 * <p>What a thread did before it set the signal is visible to whoever sees the signal set.
 *
 * <p>Rules: {@code signals.set-for-good}.
 */
public interface Signal {

    /**
     * Tells whether it has happened; does not block.
     *
     * @return whether it has
     */
    boolean isSet();

    /**
     * Blocks until it happens; returns at once if it has.
     *
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    void await() throws InterruptedException;

    /**
     * Blocks until it happens or a time has passed.
     *
     * @param limit how long to wait; zero or less does not wait
     * @return whether it has happened
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    boolean await(Duration limit) throws InterruptedException;

    /**
     * Runs an action once when it happens.
     *
     * <p>If it has happened already, the action runs at once on the calling thread. Otherwise it runs later on a thread
     * of the server, perhaps one that serves all connections, where it must not block. What it throws is logged by the
     * server and reaches nobody else.
     *
     * <p>Rules: {@code signals.action-once}, {@code signals.action-failure-contained}, {@code signals.action-short}.
     *
     * @param action the action
     */
    void onSet(Runnable action);

    /**
     * Returns a signal that is never set.
     *
     * @return the same object on every call
     */
    static Signal never() {
        return Detached.NEVER;
    }
}
