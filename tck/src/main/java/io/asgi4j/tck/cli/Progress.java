package io.asgi4j.tck.cli;

import io.asgi4j.tck.report.ProfileResult;
import io.asgi4j.tck.report.Report;
import io.asgi4j.tck.report.ScenarioResult;
import io.asgi4j.tck.run.Outcome;
import io.asgi4j.tck.run.RunListener;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.Check;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells while a run goes on how many of how many scenarios are done, and what did not pass, and at the end what came of it. */
final class Progress implements RunListener {
    /** So often a run says how far it is; a log is no place for a line that is written over. */
    private static final int TENTHS = 10;

    private final PrintWriter out;
    private int red;

    Progress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void failedAtFirst(Outcome outcome) {
        out.println("%s failed, and runs again alone at the end: %s"
                .formatted(
                        outcome.scenario().id(),
                        outcome.failures().stream()
                                .findFirst()
                                .map(Check::toString)
                                .orElse(outcome.reason())));
        out.flush();
    }

    @Override
    public void finished(Outcome outcome, int done, int total) {
        if (outcome.status() == Status.NOT_RUN) {
            return; // for a reason that all of them share, which is told once
        }
        if (outcome.status().isRed() || outcome.status() == Status.WARN) {
            red += outcome.status().isRed() ? 1 : 0;
            out.println(outcome.message());
            out.println();
        }
        if (done == total || done * TENTHS / total != (done - 1) * TENTHS / total) {
            out.println("%d of %d".formatted(done, total) + (red == 0 ? "" : ", %d failed".formatted(red)));
        }
        out.flush();
    }

    /**
     * Everything is done.
     *
     * @param page where the report can be looked at
     */
    void finished(Report report, Path page) {
        out.println();
        report.scenarios().stream()
                .filter(scenario -> scenario.status().isRed() && scenario.status() != Status.NOT_RUN)
                .forEach(scenario -> out.println(line(scenario)));
        report.problems().forEach(problem -> out.println("PROBLEM " + problem));
        out.println("%s: %s".formatted(report.server(), report.verdict()));
        report.profiles().stream()
                .filter(profile -> profile.total() > 0)
                .forEach(profile -> out.println(line(profile)));
        out.println(report.counts().entrySet().stream()
                .map(count -> count.getValue() + " " + words(count.getKey()))
                .collect(Collectors.joining(", ", "  ", "")));
        out.println("  " + page.toUri());
        out.flush();
    }

    private static String line(ScenarioResult scenario) {
        return "%s %s".formatted(words(scenario.status()).toUpperCase(Locale.ROOT), scenario.id());
    }

    private static String line(ProfileResult profile) {
        return "  %-12s %s (%d of %d passed)"
                .formatted(profile.profile(), profile.conformance(), profile.count(Status.PASS), profile.total());
    }

    private static String words(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
