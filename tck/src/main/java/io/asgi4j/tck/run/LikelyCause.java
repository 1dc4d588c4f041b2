package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.TraceView;
import io.asgi4j.tck.script.TraceEntry;
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
        if (outcome.evidence().wire().stream().anyMatch(LikelyCause::isOfNoScenario)) {
            return "The server handed the request to the application with another path, or another root path, than it"
                    + " should.";
        }
        if (trace.entries().isEmpty()) {
            return failure.contains("TIMED_OUT")
                    ? "The server neither called the application nor answered: it likely waits for more of the request."
                    : outcome.failures().stream().anyMatch(LikelyCause::isOfApplication)
                            ? "The server did not call the application, so it took the request for a bad one or lost"
                                    + " it."
                            : "";
        }
        var raised = trace.entries().stream().filter(LikelyCause::isUnscripted).reduce((first, second) -> second);
        if (raised.isPresent()) {
            return "The application ended by an exception: " + TraceView.words(raised.get())
                    + ". If it came out of receive or send, the server threw it.";
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
        return switch (entry) {
            case Transcript.Data data -> data.direction() == Transcript.Direction.RECEIVED;
            case Transcript.Told told -> told.direction() == Transcript.Direction.RECEIVED;
            case Transcript.Note note -> false;
        };
    }

    /** The application's own answer to a path, or a root path, that it does not know. */
    private static boolean isOfNoScenario(Transcript.Entry entry) {
        return isReceived(entry) && entry.lines().stream().anyMatch(line -> line.contains("no scenario has the path"));
    }

    private static boolean isOfApplication(Check check) {
        return check.subject().equals("application");
    }

    /** An exception that the script did not ask for, and does not tell that the client is gone; both applications name theirs in the same way. */
    private static boolean isUnscripted(TraceEntry entry) {
        return entry.kind() == Kind.RAISED
                && entry.error() != null
                && !entry.error().io()
                && !entry.error().type().contains("Scripted");
    }
}
