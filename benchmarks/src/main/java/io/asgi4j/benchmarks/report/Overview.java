package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.round.LoadResult;
import java.util.ArrayList;
import java.util.List;

/** One figure of all loads that are about throughput, in relation to bare Netty: a row for each load, a column for each peer. */
final class Overview {
    private Overview() {}

    static String of(Results results, Figure figure) {
        var loads = results.loads().stream()
                .filter(result -> result.load().figure() == Figure.THROUGHPUT)
                .toList();
        var peers = results.peers().stream()
                .map(Results.Contender::name)
                .filter(peer ->
                        loads.stream().anyMatch(load -> load.ratio(peer, figure).isKnown()))
                .toList();
        var titles = new ArrayList<>(List.of(""));
        titles.addAll(peers);
        var table = new Table(titles);
        loads.forEach(load -> table.row(row(load, peers, figure)));
        return table.toString();
    }

    private static List<String> row(LoadResult load, List<String> peers, Figure figure) {
        var cells = new ArrayList<>(List.of(load.load().title()));
        for (var peer : peers) {
            cells.add(Numbers.ratio(load.ratio(peer, figure).median()));
        }
        return cells;
    }
}
