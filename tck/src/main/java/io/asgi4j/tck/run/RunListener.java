package io.asgi4j.tck.run;

/** Hears how a run goes on. Called by one thread at a time, though not always by the same. */
@FunctionalInterface
public interface RunListener {
    /** Hears nothing. */
    RunListener NONE = (outcome, done, total) -> {};

    /** A scenario failed. It is not over: once all others are, it is run again, alone. */
    default void failedAtFirst(Outcome outcome) {}

    /**
     * A scenario is over.
     *
     * @param done how many are, with this one
     * @param total how many will be
     */
    void finished(Outcome outcome, int done, int total);
}
