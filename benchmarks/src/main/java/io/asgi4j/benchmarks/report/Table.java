package io.asgi4j.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of Markdown; all columns but the first hold numbers. */
final class Table {
    private final List<String> lines = new ArrayList<>();

    Table(List<String> titles) {
        row(titles);
        lines.add("| --- |" + String.join("", Collections.nCopies(titles.size() - 1, " ---: |")));
    }

    Table row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
