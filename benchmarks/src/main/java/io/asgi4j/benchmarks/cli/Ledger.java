package io.asgi4j.benchmarks.cli;

import io.asgi4j.benchmarks.report.Report;
import io.asgi4j.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is known so far; written anew after each change, so that little is lost if a run is cut short. */
final class Ledger {
    private final @Nullable Path directory;
    private Results results;

    /** Results that are written to the directory, if there is one. */
    Ledger(Results results, @Nullable Path directory) {
        this.results = results;
        this.directory = directory;
    }

    void update(UnaryOperator<Results> change) throws IOException {
        results = change.apply(results);
        if (directory != null) {
            Report.write(results, directory);
        }
    }
}
