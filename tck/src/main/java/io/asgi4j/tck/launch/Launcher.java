package io.asgi4j.tck.launch;

import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.script.Script;
import java.util.Set;

/** A way to get servers. Any thread may call any method. */
public interface Launcher {
    /** The way in a few words, for reports: {@code in process}, {@code command "uvicorn …"}. */
    String way();

    /** The options that it can set. */
    Set<StartOption> startOptions();

    /** Whether it starts servers, so that a scenario can have one of its own and see it stop. */
    boolean startsServers();

    /** Whether what servers tell their operator can be seen. */
    boolean seesOutput();

    /**
     * Gets a server and blocks until it answers.
     *
     * @param options what it must do differently from its defaults; only those that can be set
     * @param lifespan what its application does in its lifespan call
     * @throws LaunchException if there is no server that answers
     */
    RunningServer launch(StartOptions options, Script lifespan) throws LaunchException, InterruptedException;
}
