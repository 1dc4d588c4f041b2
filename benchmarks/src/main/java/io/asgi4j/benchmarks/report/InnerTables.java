package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.profile.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was found within the server rather than from outside. */
final class InnerTables {
    private InnerTables() {}

    /** Processor time of a request by part: a table for each load. */
    static String profiles(Results results) {
        var text = new StringBuilder(
                "µs of processor time for a request, as Linux's perf saw them in a run of its own.\n");
        for (var load : results.profiles().stream()
                .map(Results.TimeByPart::load)
                .distinct()
                .toList()) {
            var profiles = results.profiles().stream()
                    .filter(profile -> profile.load().equals(load))
                    .toList();
            var titles = new ArrayList<>(List.of(load));
            profiles.forEach(profile -> titles.add(profile.peer()));
            var table = new Table(titles);
            for (var part : Part.values()) {
                var cells = new ArrayList<>(List.of(part.title()));
                profiles.forEach(profile -> cells.add(micros(profile.micros().getOrDefault(part, 0.0))));
                table.row(cells);
            }
            var sums = new ArrayList<>(List.of("together"));
            profiles.forEach(profile -> sums.add(micros(profile.micros().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum())));
            text.append('\n').append(table.row(sums));
        }
        return text.toString();
    }

    static String micro(Results results) {
        var table = new Table(List.of("", "ns", "± (99.9 %)", "bytes allocated"));
        for (var figure : results.micro()) {
            table.row(List.of(
                    figure.name(),
                    String.format(Locale.ROOT, "%,.1f", figure.nanos()),
                    String.format(Locale.ROOT, "%,.1f", figure.error()),
                    String.format(Locale.ROOT, "%,.0f", figure.bytes())));
        }
        return "One operation each, measured by JMH.\n\n" + table;
    }

    private static String micros(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
