package io.asgi4j.benchmarks.profile;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much of a process's time each part takes.
 *
 * @param byPart between 0 and 1; all parts, together 1
 */
public record Shares(Map<Part, Double> byPart) {
    /** Between columns; no symbol has it. */
    static final String SEPARATOR = "|";

    private static final int COLUMNS = 3;

    double of(Part part) {
        return byPart.getOrDefault(part, 0.0);
    }

    /** Reads what {@code perf report} prints with percentage, object and symbol as columns. */
    static Shares parse(String report) throws IOException {
        var percentages = new EnumMap<Part, Double>(Part.class);
        for (var part : Part.values()) {
            percentages.put(part, 0.0);
        }
        report.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\\" + SEPARATOR, COLUMNS))
                .filter(columns -> columns.length == COLUMNS)
                .forEach(columns -> percentages.merge(
                        Part.of(columns[1].strip(), columns[2].strip()), percentage(columns[0]), Double::sum));
        var total =
                percentages.values().stream().mapToDouble(Double::doubleValue).sum();
        if (total == 0) {
            throw new IOException("perf saw nothing:\n" + report);
        }
        percentages.replaceAll((part, percentage) -> percentage / total);
        return new Shares(Map.copyOf(percentages));
    }

    private static double percentage(String column) {
        return Double.parseDouble(column.strip().replace("%", ""));
    }
}
