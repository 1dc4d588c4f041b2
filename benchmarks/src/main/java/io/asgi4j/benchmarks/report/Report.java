package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.load.Group;
import io.asgi4j.benchmarks.round.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes what a run found: RESULTS.md, and beside it the charts and the raw figures. */
public final class Report {
    private static final String BESIDE = "results";

    private final Results results;
    private final Path directory;
    private final StringBuilder text = new StringBuilder();

    private Report(Results results, Path directory) {
        this.results = results;
        this.directory = directory;
    }

    /** Where the raw figures of an earlier report are. */
    public static Path raw(Path directory) {
        return directory.resolve(BESIDE).resolve("results.json");
    }

    public static void write(Results results, Path directory) throws IOException {
        Files.createDirectories(directory.resolve(BESIDE));
        results.write(raw(directory));
        var report = new Report(results, directory);
        report.compose();
        Files.writeString(directory.resolve("RESULTS.md"), report.text);
    }

    private void compose() throws IOException {
        text.append(Preface.of(results));
        section("Throughput, bare Netty's is 1", Overview.of(results, Figure.THROUGHPUT));
        section("Processor time of a request, bare Netty's is 1", Overview.of(results, Figure.CPU));
        for (var group : Group.values()) {
            var loads = results.of(group);
            if (!loads.isEmpty()) {
                text.append("\n## ").append(group.title()).append("\n");
                loads(group, loads);
            }
        }
        if (!results.profiles().isEmpty()) {
            section("Where the time goes", InnerTables.profiles(results));
        }
        if (!results.micro().isEmpty()) {
            section("Pieces by themselves", InnerTables.micro(results));
        }
    }

    private void section(String title, String content) {
        text.append("\n## ").append(title).append("\n\n").append(content);
    }

    private void loads(Group group, List<LoadResult> loads) throws IOException {
        if (loads.getFirst().load().size() > 0) {
            chart(group.name().toLowerCase(Locale.ROOT), group.title(), LineChart.draw(group.title(), loads));
        }
        for (var load : loads) {
            if (load.load().size() == 0) {
                chart(load.load().name(), load.load().title(), BarChart.draw(load));
            } else {
                text.append("\n### ").append(load.load().title()).append("\n");
            }
            text.append('\n').append(LoadTable.of(load));
        }
    }

    private void chart(String name, String title, String drawing) throws IOException {
        var file = BESIDE + "/" + name + ".svg";
        Files.writeString(directory.resolve(file), drawing);
        text.append("\n![%s](%s)\n".formatted(title, file));
    }
}
