package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Value.KnownBytes;
import io.asgi4j.tck.wire.Ending;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A step that is about bytes, and about responses as bytes. */
public sealed interface WireStep extends ClientStep.OnConnection {
    /** Connects; {@code receiveBuffer} is its size in bytes, or 0 for the system's default. */
    record Connect(String connection, int receiveBuffer) implements WireStep {
        @Override
        public String words() {
            return "connects" + (receiveBuffer == 0 ? "" : " with a receive buffer of " + receiveBuffer + " bytes");
        }
    }

    /** Writes bytes; {@code pieceSize} is the size of the pieces, or 0 to write all at once. */
    record Send(String connection, List<KnownBytes> parts, int pieceSize, int pauseMillis) implements WireStep {
        /** Copies the list. */
        public Send {
            parts = List.copyOf(parts);
        }

        @Override
        public String words() {
            return "writes " + parts.stream().map(Words::of).collect(Collectors.joining(", then "))
                    + (pieceSize == 0 ? "" : " in pieces of " + pieceSize);
        }
    }

    /** What a server does about a client that writes and writes. */
    enum Reaction {
        /** Reads everything. */
        READS_ON("reads %d bytes"),
        /** Reads no more after some bytes, and keeps the connection. */
        STOPS_READING("stops reading before %d bytes"),
        /** Reads no more after some bytes, or ends the connection. */
        GIVES_UP("stops reading or ends the connection before %d bytes");

        private final String words;

        Reaction(String words) {
            this.words = words;
        }

        /** In words that continue "the server …", for so many bytes. */
        public String words(long bytes) {
            return words.formatted(bytes);
        }
    }

    /** Writes a block again and again, up to {@code most} bytes. */
    record Flood(String connection, KnownBytes block, long most, Reaction reaction) implements WireStep {
        @Override
        public String words() {
            return "writes %s again and again; the server %s".formatted(Words.of(block), reaction.words(most));
        }
    }

    /** Reads and forgets so many bytes, which must come. */
    record Drain(String connection, long bytes) implements WireStep {
        @Override
        public String words() {
            return "reads %d bytes".formatted(bytes);
        }
    }

    /** Reads the next response to its end. */
    record ReadResponse(String connection, String method, List<ResponseMatcher> expected) implements WireStep {
        /** Copies the list. */
        public ReadResponse {
            expected = List.copyOf(expected);
        }

        @Override
        public String words() {
            return "reads a response: " + Words.expectations(expected);
        }
    }

    /** Reads the next response to its end, unless the server ends the connection in its place. */
    record ReadResponseOrClose(String connection, String method, List<ResponseMatcher> expected) implements WireStep {
        /** Copies the list. */
        public ReadResponseOrClose {
            expected = List.copyOf(expected);
        }

        @Override
        public String words() {
            return "sees the connection end, or else reads a response: " + Words.expectations(expected);
        }
    }

    /** Reads the next response as far as so many bytes of its body, and not on to its end. */
    record ReadPart(String connection, String method, int bodyBytes, List<ResponseMatcher> expected)
            implements WireStep {
        /** Copies the list. */
        public ReadPart {
            expected = List.copyOf(expected);
        }

        @Override
        public String words() {
            return "reads a response as far as %s: %s"
                    .formatted(
                            bodyBytes == 0 ? "the end of its head" : bodyBytes + " bytes of its body",
                            Words.expectations(expected));
        }
    }

    /** Reads the head of an interim response, which must have this status. */
    record ReadInterim(String connection, int status) implements WireStep {
        @Override
        public String words() {
            return "reads the interim response " + status;
        }
    }

    /** Listens for a short while, and nothing must come. */
    record ExpectNothing(String connection) implements WireStep {
        @Override
        public String words() {
            return "listens, and nothing comes";
        }
    }

    /** Ends the client's side and reads on. */
    record HalfClose(String connection) implements WireStep {
        @Override
        public String words() {
            return "ends its side of the connection";
        }
    }

    /** Closes the connection. */
    record Close(String connection) implements WireStep {
        @Override
        public String words() {
            return "closes the connection";
        }
    }

    /** Breaks the connection. */
    record Reset(String connection) implements WireStep {
        @Override
        public String words() {
            return "resets the connection";
        }
    }

    /** Waits until the server ends the connection in one of these ways; with {@code silently}, no byte comes before. */
    record AwaitClose(String connection, Set<Ending> endings, boolean silently) implements WireStep {
        /** Copies the set. */
        public AwaitClose {
            endings = Set.copyOf(endings);
        }

        @Override
        public String words() {
            return endings.contains(Ending.OPEN)
                    ? "reads until the server ends the connection, or nothing comes any more"
                    : "waits until the server has ended the connection" + (silently ? ", without another byte" : "");
        }
    }

    /** Looks whether the connection is still open, without waiting. */
    record ExpectOpen(String connection) implements WireStep {
        @Override
        public String words() {
            return "sees that the connection is still open";
        }
    }
}
