package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Until;
import io.asgi4j.tck.script.Value.KnownBytes;
import io.asgi4j.tck.wire.Ending;
import io.asgi4j.tck.wire.Frame;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One thing that the client does, or reads and looks at.
 *
 * <p>A connection has a name and is opened by the first step that needs it. In texts and literal bytes, {@link Facts} stand in braces.
 */
public sealed interface ClientStep {
    /** The step in words. */
    String words();

    /** A step on a connection. */
    sealed interface OnConnection extends ClientStep {
        /** Its name. */
        String connection();
    }

    /** Connects; {@code receiveBuffer} is its size in bytes, or 0 for the system's default. */
    record Connect(String connection, int receiveBuffer) implements OnConnection {
        @Override
        public String words() {
            return "connects" + (receiveBuffer == 0 ? "" : " with a receive buffer of " + receiveBuffer + " bytes");
        }
    }

    /** Writes bytes; {@code pieceSize} is the size of the pieces, or 0 to write all at once. */
    record Send(String connection, List<KnownBytes> parts, int pieceSize, int pauseMillis) implements OnConnection {
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
    record Flood(String connection, KnownBytes block, long most, Reaction reaction) implements OnConnection {
        @Override
        public String words() {
            return "writes %s again and again; the server %s".formatted(Words.of(block), reaction.words(most));
        }
    }

    /** Reads and forgets so many bytes, which must come. */
    record Drain(String connection, long bytes) implements OnConnection {
        @Override
        public String words() {
            return "reads %d bytes".formatted(bytes);
        }
    }

    /** Reads the next response to its end. */
    record ReadResponse(String connection, String method, List<ResponseMatcher> expected) implements OnConnection {
        /** Copies the list. */
        public ReadResponse {
            expected = List.copyOf(expected);
        }

        @Override
        public String words() {
            return "reads a response: " + expectations(expected);
        }
    }

    /** Reads the next response to its end, unless the server ends the connection in its place. */
    record ReadResponseOrClose(String connection, String method, List<ResponseMatcher> expected)
            implements OnConnection {
        /** Copies the list. */
        public ReadResponseOrClose {
            expected = List.copyOf(expected);
        }

        @Override
        public String words() {
            return "sees the connection end, or else reads a response: " + expectations(expected);
        }
    }

    /** Reads the next response as far as so many bytes of its body, and not on to its end. */
    record ReadPart(String connection, String method, int bodyBytes, List<ResponseMatcher> expected)
            implements OnConnection {
        /** Copies the list. */
        public ReadPart {
            expected = List.copyOf(expected);
        }

        @Override
        public String words() {
            return "reads a response as far as %s: %s"
                    .formatted(
                            bodyBytes == 0 ? "the end of its head" : bodyBytes + " bytes of its body",
                            expectations(expected));
        }
    }

    /** Reads the head of an interim response, which must have this status. */
    record ReadInterim(String connection, int status) implements OnConnection {
        @Override
        public String words() {
            return "reads the interim response " + status;
        }
    }

    /** Listens for a short while, and nothing must come. */
    record ExpectNothing(String connection) implements OnConnection {
        @Override
        public String words() {
            return "listens, and nothing comes";
        }
    }

    /** Ends the client's side and reads on. */
    record HalfClose(String connection) implements OnConnection {
        @Override
        public String words() {
            return "ends its side of the connection";
        }
    }

    /** Closes the connection. */
    record Close(String connection) implements OnConnection {
        @Override
        public String words() {
            return "closes the connection";
        }
    }

    /** Breaks the connection. */
    record Reset(String connection) implements OnConnection {
        @Override
        public String words() {
            return "resets the connection";
        }
    }

    /** Waits until the server ends the connection in one of these ways; with {@code silently}, no byte comes before. */
    record AwaitClose(String connection, Set<Ending> endings, boolean silently) implements OnConnection {
        /** Copies the set. */
        public AwaitClose {
            endings = Set.copyOf(endings);
        }

        @Override
        public String words() {
            return "waits until the server has ended the connection" + (silently ? ", without another byte" : "");
        }
    }

    /** Looks whether the connection is still open, without waiting. */
    record ExpectOpen(String connection) implements OnConnection {
        @Override
        public String words() {
            return "sees that the connection is still open";
        }
    }

    /** Writes the request that opens a WebSocket; {@code target} is what follows the scenario's path. */
    record Handshake(
            String connection, String target, List<String> subprotocols, List<String> extensions, List<String> lines)
            implements OnConnection {
        /** Copies the collections. */
        public Handshake {
            subprotocols = List.copyOf(subprotocols);
            extensions = List.copyOf(extensions);
            lines = List.copyOf(lines);
        }

        @Override
        public String words() {
            return "asks for a WebSocket"
                    + (target.isEmpty() ? "" : " at " + target)
                    + (subprotocols.isEmpty() ? "" : ", offering the subprotocols " + subprotocols)
                    + (extensions.isEmpty() ? "" : ", offering the extensions " + extensions)
                    + (lines.isEmpty() ? "" : ", with the lines " + lines);
        }
    }

    /** Reads the answer to a handshake, which must open the WebSocket. */
    record ReadOpening(String connection, List<ResponseMatcher> expected) implements OnConnection {
        /** Copies the list. */
        public ReadOpening {
            expected = List.copyOf(expected);
        }

        @Override
        public String words() {
            return "sees the WebSocket open" + (expected.isEmpty() ? "" : ": " + expectations(expected));
        }
    }

    /** Writes frames at once. */
    record SendFrames(String connection, List<Frame> frames) implements OnConnection {
        /** Copies the list. */
        public SendFrames {
            frames = List.copyOf(frames);
        }

        @Override
        public String words() {
            return "sends " + Words.cut(frames.stream().map(Frame::toString).collect(Collectors.joining(", ")));
        }
    }

    /** Reads what comes next over a WebSocket; with {@code passingPings}, pings are answered and not looked at. */
    record ReadMessage(String connection, MessageMatcher expected, boolean passingPings) implements OnConnection {
        @Override
        public String words() {
            return "reads " + expected.expected();
        }
    }

    /** Sends a close frame and waits for the server's answer and the end of the connection. */
    record CloseWebSocket(String connection, int code, String reason, MessageMatcher expected) implements OnConnection {
        @Override
        public String words() {
            return "closes the WebSocket with %d \"%s\" and reads %s".formatted(code, reason, expected.expected());
        }
    }

    /** Waits for the server's close frame, answers it, and waits for the end of the connection. */
    record AwaitWebSocketClose(String connection, MessageMatcher expected) implements OnConnection {
        @Override
        public String words() {
            return "waits for " + expected.expected() + ", answers it, and sees the connection end";
        }
    }

    /** What is read from here on is about these requirements alone, of all those of the scenario; about all of them if there are none. */
    record About(List<String> requirements) implements ClientStep {
        /** Copies the list. */
        public About {
            requirements = List.copyOf(requirements);
        }

        @Override
        public String words() {
            return "from here on, what it reads is about "
                    + (requirements.isEmpty() ? "all requirements" : String.join(", ", requirements));
        }
    }

    /** Gives a signal to the application; {@code lifespan} if to its lifespan call. */
    record Signal(String name, boolean lifespan) implements ClientStep {
        @Override
        public String words() {
            return "gives the signal " + name + (lifespan ? " to the lifespan call" : "");
        }
    }

    /** Waits until something has happened to the application. */
    record AwaitApplication(Until until) implements ClientStep {
        @Override
        public String words() {
            return "waits until this happened to the application: " + until;
        }
    }

    /** Sees for a short while that nothing happens to the application after something has happened to it. */
    record ApplicationQuiet(Until after) implements ClientStep {
        @Override
        public String words() {
            return "sees that nothing happens to the application after " + after;
        }
    }

    /** Exchanges requests with OkHttp, over one connection if the server keeps it; all must get this status and body. */
    record RealRequests(String method, String target, KnownBytes body, int times, int status, KnownBytes expectedBody)
            implements ClientStep {
        @Override
        public String words() {
            return "OkHttp asks %s %s %d times and reads status %d and %s"
                    .formatted(method, target, times, status, Words.of(expectedBody));
        }
    }

    /** Opens a WebSocket with OkHttp, sends texts, reads as many, closes it with 1000 and sees it closed. */
    record RealWebSocket(String target, List<String> sent, List<String> expected) implements ClientStep {
        /** Copies the lists. */
        public RealWebSocket {
            sent = List.copyOf(sent);
            expected = List.copyOf(expected);
        }

        @Override
        public String words() {
            return "OkHttp opens a WebSocket, sends %s and reads %s".formatted(sent, expected);
        }
    }

    /** Tells the server to stop, and does not wait. */
    record StopServer() implements ClientStep {
        @Override
        public String words() {
            return "tells the server to stop";
        }
    }

    /** How a server stops. */
    enum Stop {
        /** Without a failure. */
        WELL("stops without a failure"),
        /** Its operator is told that the shutdown failed. */
        WITH_FAILURE("stops and reports a failure"),
        /** With a failure or without one. */
        EITHER_WAY("stops, with a failure or without one");

        private final String words;

        Stop(String words) {
            this.words = words;
        }

        /** In words that continue "the server …". */
        public String words() {
            return words;
        }
    }

    /** Waits until the server has stopped. */
    record AwaitStopped(Stop how) implements ClientStep {
        @Override
        public String words() {
            return "sees that the server " + how.words();
        }
    }

    /** Sees that a new connection is refused, or ended without an answer. */
    record ExpectRefused() implements ClientStep {
        @Override
        public String words() {
            return "sees that the server accepts no connection";
        }
    }

    private static String expectations(List<ResponseMatcher> expected) {
        return expected.stream().map(Matcher::expected).collect(Collectors.joining("; "));
    }
}
