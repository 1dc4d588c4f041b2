package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Feature;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Something that is done to a server, and measured. */
public interface Load {
    /** What stands on the command line and in the raw figures. */
    String name();

    /** What stands in the report. */
    String title();

    /** What a peer must have to bear this load. */
    Set<Feature> needs();

    /**
     * Asks once and compares all of the answer.
     *
     * @return what is worth knowing of the answer, or nothing
     * @throws WrongAnswerException if it is not what it should be
     */
    String check(Server server) throws IOException, InterruptedException;

    /**
     * Loads the server for so long.
     *
     * @throws WrongAnswerException if an answer was not what it should be
     */
    Sample measure(Server server, Duration duration) throws IOException, InterruptedException;
}
