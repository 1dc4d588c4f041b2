package io.asgi4j.tck.launch;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.script.TraceEntry;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server that answers. Any thread may call any method. */
public interface RunningServer {
    /** Where it listens. */
    URI baseUri();

    /** What it is called. */
    ServerInfo info();

    /** What it declares to offer. Of servers that cannot declare anything, nothing. */
    Set<Feature> features();

    /**
     * Stops gracefully and blocks until the server is no more; does nothing if it was done before.
     *
     * @throws LaunchException if the server reported a failure, or did not stop in time
     */
    void stop() throws LaunchException, InterruptedException;

    /** Ends it by any means, and tells nobody whether that worked. */
    void kill();

    /** How it ended without being told to, in a sentence; empty while it runs, or if that cannot be seen. */
    default Optional<String> end() {
        return Optional.empty();
    }

    /** What happened in a scenario, seen without asking the application; empty if nothing is known. */
    List<TraceEntry> trace(String scenario);

    /** What happened in the lifespan call, which is complete once the server has stopped. */
    List<TraceEntry> lifespan();

    /** What it printed; empty if that cannot be seen. */
    String output();

    /** What it told its operator, be it among what other servers did; empty if that cannot be seen. */
    default String told() {
        return output();
    }
}
