package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.load.Figure;
import io.asgi4j.benchmarks.round.LoadResult;
import java.io.IOException;
import java.io.Reader;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** What must not get worse: bounds of ratios to bare Netty, kept in a file with lines like {@code asgi4j.hello-64.cpu = 1.15}. */
public record Floors(List<Floor> all) {
    public Floors {
        all = List.copyOf(all);
    }

    /** The bound of one ratio: the least where more is better, the largest where less is better. */
    public record Floor(String peer, String load, Figure figure, double bound) {
        static Floor parse(String key, String value) {
            var words = key.split("\\.", -1);
            if (words.length != 3) {
                throw new IllegalArgumentException("A floor is PEER.LOAD.FIGURE = RATIO, not " + key);
            }
            var figure = Figure.valueOf(words[2].toUpperCase(Locale.ROOT));
            return new Floor(words[0], words[1], figure, Double.parseDouble(value));
        }

        /** Whether the ratio is known and on the right side. */
        boolean holds(double ratio) {
            return switch (figure.better()) {
                case MORE -> ratio >= bound;
                case LESS -> ratio <= bound;
                case NEITHER -> throw new IllegalStateException("Neither more nor less of " + figure + " is better");
            };
        }
    }

    /** A floor and the ratio that was measured. */
    public record Verdict(Floor floor, double ratio) {
        public boolean holds() {
            return floor.holds(ratio);
        }

        @Override
        public String toString() {
            return "%-4s %s %s %s: %s of bare Netty's, %s %s"
                    .formatted(
                            holds() ? "ok" : "FELL",
                            floor.peer(),
                            floor.load(),
                            floor.figure().unit(),
                            Numbers.ratio(ratio),
                            floor.figure().better() == Figure.Better.MORE ? "at least" : "at most",
                            Numbers.ratio(floor.bound()));
        }
    }

    public static Floors read(Reader file) throws IOException {
        var properties = new Properties();
        properties.load(file);
        return new Floors(properties.stringPropertyNames().stream()
                .map(key -> Floor.parse(key, properties.getProperty(key)))
                .sorted(Comparator.comparing(Floor::load)
                        .thenComparing(Floor::peer)
                        .thenComparing(Floor::figure))
                .toList());
    }

    /** The loads that have floors. */
    public List<String> loads() {
        return all.stream().map(Floor::load).distinct().toList();
    }

    /** The peers that have floors. */
    public List<String> peers() {
        return all.stream().map(Floor::peer).distinct().toList();
    }

    /** Compares what was measured; what was not measured does not hold. */
    public List<Verdict> judge(List<LoadResult> results) {
        return all.stream()
                .map(floor -> new Verdict(floor, ratio(floor, results)))
                .toList();
    }

    private static double ratio(Floor floor, List<LoadResult> results) {
        return results.stream()
                .filter(result -> result.load().name().equals(floor.load()))
                .map(result -> result.ratio(floor.peer(), floor.figure()).median())
                .findFirst()
                .orElse(Double.NaN);
    }
}
