package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;

/** Something that is done to a server, and measured. */
public sealed interface Load {
    Description description();

    /** Whether the peer can bear it; one that cannot is left out. */
    boolean suits(Peer peer);

    /** What a server that is warm bears for a while. */
    non-sealed interface Steady extends Load {
        /**
         * Asks and compares all of the answer.
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

    /** What takes a new process each time. */
    non-sealed interface Cold extends Load {
        /** Does once what is not to be measured. */
        void prepare(Server.Host host, Peer peer) throws IOException, InterruptedException;

        Sample measure(Server.Host host, Peer peer) throws IOException, InterruptedException;
    }
}
