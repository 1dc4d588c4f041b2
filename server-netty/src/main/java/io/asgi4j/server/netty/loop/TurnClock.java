package io.asgi4j.server.netty.loop;

/**
 * The clocks of one event loop, read once per turn: reading one costs as much as writing a field of a response, and the answers of
 * one turn may well carry the same time.
 *
 * <p>Owned by the loop. Outside a turn every reading is a new one.
 */
public final class TurnClock {
    private boolean inTurn;
    private boolean nanosRead;
    private boolean millisRead;
    private long nanos;
    private long millis;

    /** From here on to {@link #endTurn()} each clock stands still once it was read. */
    public void beginTurn() {
        inTurn = true;
    }

    /** Lets the clocks go on. */
    public void endTurn() {
        inTurn = false;
        nanosRead = false;
        millisRead = false;
    }

    /** Returns {@link System#nanoTime()} as of this turn. */
    public long nanoTime() {
        if (!nanosRead) {
            nanos = System.nanoTime();
            nanosRead = inTurn;
        }
        return nanos;
    }

    /** Returns {@link System#currentTimeMillis()} as of this turn. */
    public long currentTimeMillis() {
        if (!millisRead) {
            millis = System.currentTimeMillis();
            millisRead = inTurn;
        }
        return millis;
    }
}
