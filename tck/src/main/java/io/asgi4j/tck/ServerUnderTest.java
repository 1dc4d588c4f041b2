package io.asgi4j.tck;

import java.net.URI;
import java.util.Set;

/** A server that is to be judged and runs. */
@SuppressWarnings("try") // stopping blocks, and may be interrupted
public interface ServerUnderTest extends AutoCloseable {
    /** Where it listens, such as {@code http://127.0.0.1:43210}. A path in it stands before the path of every request. */
    URI baseUri();

    /** What it is called in reports. */
    ServerInfo info();

    /** What it offers. A feature that is declared but does not work is a failure; one that is not declared is not judged. */
    Set<Feature> features();

    /**
     * Stops gracefully, as an operator's SIGTERM would: requests in progress finish, the application sees
     * {@code lifespan.shutdown} and answers it. Blocks until then.
     *
     * @throws Exception if the shutdown failed, for example since the application's shutdown did
     */
    @Override
    void close() throws Exception;
}
