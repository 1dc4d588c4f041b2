package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.TraceView;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.wire.Transcript;

/** A guess at what is wrong with a server, from what was seen. It may be mistaken, and says nothing if it has no idea. */
final class LikelyCause {
    private LikelyCause() {}

    static String of(Outcome outcome) {
        if (!outcome.scenario().hint().isEmpty()) {
            return outcome.scenario().hint();
        }
        var trace = outcome.evidence().trace();
        var failure = outcome.failure();
        if (failure.contains("no scenario has the path")) {
            return "The server handed the request to the application with another path than the client asked for.";
        }
        if (trace.entries().isEmpty()) {
            return failure.contains("TIMED_OUT")
                    ? "The server neither called the application nor answered: it likely waits for more of the request."
                    : "The server did not call the application, so it took the request for a bad one or lost it.";
        }
        if (has(trace, Kind.RAISED)) {
            return "The application ended by an exception: " + last(trace, Kind.RAISED)
                    + ". If it came out of receive or send, the server threw it.";
        }
        if (has(trace, Kind.SEND_FAILED)) {
            return "The server refused what the application sent: " + last(trace, Kind.SEND_FAILED) + ".";
        }
        if (trace.pending().stream().anyMatch(operation -> operation.startsWith("receive"))) {
            return "The application waits in receive for an event that the server does not deliver.";
        }
        if (trace.pending().stream().anyMatch(operation -> operation.startsWith("send"))) {
            return "The application waits in send, which the server does not let return.";
        }
        if (failure.contains("TIMED_OUT") && outcome.evidence().wire().stream().noneMatch(LikelyCause::isReceived)) {
            return "The application has answered, and the server has not written it to the client.";
        }
        return "";
    }

    private static boolean isReceived(Transcript.Entry entry) {
        return entry instanceof Transcript.Data data && data.direction() == Transcript.Direction.RECEIVED;
    }

    private static boolean has(TraceView trace, Kind kind) {
        return trace.entries().stream().anyMatch(entry -> entry.kind() == kind);
    }

    private static String last(TraceView trace, Kind kind) {
        return trace.entries().stream()
                .filter(entry -> entry.kind() == kind)
                .reduce((first, second) -> second)
                .map(TraceView::words)
                .orElse("");
    }
}
