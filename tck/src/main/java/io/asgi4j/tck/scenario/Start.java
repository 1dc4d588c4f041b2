package io.asgi4j.tck.scenario;

import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.script.Script;

/**
 * How the server of a scenario is started.
 *
 * @param options what it must do differently from its defaults
 * @param lifespan what the application does in its lifespan call
 * @param refused the server must refuse to start
 */
public record Start(StartOptions options, Script lifespan, boolean refused) {
    /** As most scenarios need it, so that they can share a server. */
    public static final Start USUAL = new Start(StartOptions.DEFAULT, Script.LIFESPAN, false);

    /** Whether scenarios with this start can share a server. */
    public boolean isUsual() {
        return equals(USUAL);
    }
}
