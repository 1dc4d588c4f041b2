package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Until;
import io.asgi4j.tck.script.Value.KnownBytes;
import java.util.List;

/**
 * One thing that the client does, or reads and looks at.
 *
 * <p>A connection has a name and is opened by the first step that needs it. In texts and literal bytes, {@link Facts} stand in braces.
 */
public sealed interface ClientStep {
    /** The step in words. */
    String words();

    /** A step on a connection. */
    sealed interface OnConnection extends ClientStep permits WireStep, WebSocketStep, Http2Step {
        /** Its name. */
        String connection();
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
}
