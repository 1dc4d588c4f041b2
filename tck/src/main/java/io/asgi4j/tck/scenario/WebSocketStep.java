package io.asgi4j.tck.scenario;

import io.asgi4j.tck.wire.Frame;
import java.util.List;
import java.util.stream.Collectors;

/** A step that is about a WebSocket. */
public sealed interface WebSocketStep extends ClientStep.OnConnection {
    /** Writes the request that opens a WebSocket; {@code target} is what follows the scenario's path. */
    record Handshake(
            String connection, String target, List<String> subprotocols, List<String> extensions, List<String> lines)
            implements WebSocketStep {
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
    record ReadOpening(String connection, List<ResponseMatcher> expected) implements WebSocketStep {
        /** Copies the list. */
        public ReadOpening {
            expected = List.copyOf(expected);
        }

        @Override
        public String words() {
            return "sees the WebSocket open" + (expected.isEmpty() ? "" : ": " + Words.expectations(expected));
        }
    }

    /** Writes frames at once. */
    record SendFrames(String connection, List<Frame> frames) implements WebSocketStep {
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
    record ReadMessage(String connection, MessageMatcher expected, boolean passingPings) implements WebSocketStep {
        @Override
        public String words() {
            return "reads " + expected.expected();
        }
    }

    /** Sends a close frame and waits for the server's answer and the end of the connection. */
    record CloseWebSocket(String connection, int code, String reason, MessageMatcher expected)
            implements WebSocketStep {
        @Override
        public String words() {
            return "closes the WebSocket with %d \"%s\" and reads %s".formatted(code, reason, expected.expected());
        }
    }

    /** Waits for the server's close frame, answers it, and waits for the end of the connection. */
    record AwaitWebSocketClose(String connection, MessageMatcher expected) implements WebSocketStep {
        @Override
        public String words() {
            return "waits for " + expected.expected() + ", answers it, and sees the connection end";
        }
    }
}
