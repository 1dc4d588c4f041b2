package io.asgi4j.benchmarks.round;

import io.asgi4j.benchmarks.load.Description;
import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.peer.Catalogue;
import java.util.Arrays;
import java.util.List;

/**
 * What one load gave for all peers that can bear it.
 *
 * @param measured the day
 */
public record LoadResult(Description load, String measured, List<Series> series) {
    public LoadResult {
        series = List.copyOf(series);
    }

    /** What the rounds gave for the peer; nothing if it was left out. */
    public Series of(String peer) {
        return series.stream()
                .filter(one -> one.peer().equals(peer))
                .findFirst()
                .orElseGet(() -> new Series(peer, "", List.of(), ""));
    }

    /** The figure of a peer in relation to that of bare Netty in the same round; unknown without either. */
    public Spread ratio(String peer, Figure figure) {
        return of(peer).ratio(figure, of(Catalogue.LIMIT));
    }

    /** What was measured under this load. */
    public List<Figure> figures() {
        return Arrays.stream(Figure.values()).filter(this::has).toList();
    }

    public boolean has(Figure figure) {
        return series.stream().anyMatch(one -> one.spread(figure).isKnown());
    }
}
