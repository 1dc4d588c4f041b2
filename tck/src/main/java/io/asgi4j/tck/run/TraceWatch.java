package io.asgi4j.tck.run;

import io.asgi4j.tck.control.ControlClient;
import io.asgi4j.tck.control.TraceSnapshot;
import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.TraceMatcher;
import io.asgi4j.tck.scenario.TraceView;
import io.asgi4j.tck.script.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Waits until a trace is worth looking at: what must be there is, and where something must be absent, all calls have ended. */
final class TraceWatch {
    private TraceWatch() {}

    static TraceView view(TraceSnapshot snapshot) {
        var pending = snapshot.pending().stream()
                .map(wait -> wait.operation() + (wait.call() == 0 ? "" : " of call " + (wait.call() + 1)))
                .sorted()
                .toList();
        return new TraceView(snapshot.entries(), pending);
    }

    /**
     * Gives the trace as it is once nothing is missing, or when the time is over.
     *
     * @param patience how long to wait while the application still does something
     * @param quiet how long to wait once it does nothing any more, since little can come then
     */
    static TraceView settled(
            ControlClient control,
            String wireId,
            List<TraceMatcher> expected,
            Facts facts,
            Duration patience,
            Duration quiet)
            throws IOException {
        var deadline = System.nanoTime() + patience.toNanos();
        var snapshot = control.trace(wireId);
        while (!isSettled(view(snapshot), expected, facts)) {
            var left = Duration.ofNanos(deadline - System.nanoTime());
            var isIdle = view(snapshot).hasEnded();
            var wait = isIdle && left.compareTo(quiet) > 0 ? quiet : left;
            var entries = snapshot.entries().size();
            if (!wait.isNegative()) {
                snapshot = control.await(wireId, Until.parse("*" + (entries + 1)), wait);
            }
            if (snapshot.entries().size() == entries) {
                break;
            }
        }
        return view(snapshot);
    }

    private static boolean isSettled(TraceView trace, List<TraceMatcher> expected, Facts facts) {
        return expected.stream()
                .allMatch(matcher ->
                        matcher.matches(trace, facts) && (trace.allCallsEnded() || !matcher.isAboutAbsence()));
    }
}
