package io.asgi4j.tck.cli;

import io.asgi4j.tck.report.Report;
import io.asgi4j.tck.run.Outcome;
import io.asgi4j.tck.run.RunListener;
import io.asgi4j.tck.run.Status;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells while a run goes on how many of how many scenarios are done, and what did not pass, and at the end what came of it. */
final class Progress implements RunListener {
    /** So often a run says how far it is; a log is no place for a line that is written over. */
    private static final int TENTHS = 10;

    private final PrintWriter out;

    Progress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void finished(Outcome outcome, int done, int total) {
        if (outcome.status().isRed() || outcome.status() == Status.WARN) {
            out.println(outcome.message());
            out.println();
        }
        if (done == total || done * TENTHS / total != (done - 1) * TENTHS / total) {
            out.println("%d of %d".formatted(done, total));
        }
        out.flush();
    }

    /** Everything is done. */
    void finished(Report report) {
        out.println();
        report.problems().forEach(problem -> out.println("PROBLEM " + problem));
        out.println(report.server());
        for (var profile : report.profiles()) {
            if (profile.total() > 0) {
                out.println("  %-12s %s (%d of %d passed)"
                        .formatted(
                                profile.profile(), profile.conformance(), profile.count(Status.PASS), profile.total()));
            }
        }
        out.println(report.counts().entrySet().stream()
                .map(count -> count.getValue() + " "
                        + count.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", ", "  ", "")));
        out.flush();
    }
}
