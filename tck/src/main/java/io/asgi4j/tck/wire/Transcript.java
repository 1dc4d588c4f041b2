package io.asgi4j.tck.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What happened on the wire, in the order in which the clients saw it.
 *
 * <p>It is bounded: of long data it keeps the {@linkplain Excerpt beginning and the end}, and of many entries the first and
 * the last. Any thread may use it.
 */
public final class Transcript {
    /** Which way bytes went. */
    public enum Direction {
        SENT,
        RECEIVED
    }

    /** One thing that happened. */
    public sealed interface Entry {
        /** Nanoseconds on the transcript's clock. */
        long nanos();

        /** The name of the connection. */
        String connection();

        /** It for people, in one or more lines. */
        List<String> lines();
    }

    /**
     * Bytes that went over the wire.
     *
     * @param pieces by how many reads or writes
     */
    public record Data(long nanos, String connection, Direction direction, Excerpt excerpt, int pieces)
            implements Entry {
        @Override
        public List<String> lines() {
            return Transcript.lines(excerpt);
        }
    }

    /** Anything else, in words. */
    public record Note(long nanos, String connection, String text) implements Entry {
        @Override
        public List<String> lines() {
            return List.of(text);
        }
    }

    /** What bytes that went over the wire mean, in words, where the bytes themselves tell a reader nothing. */
    public record Told(long nanos, String connection, Direction direction, String text) implements Entry {
        @Override
        public List<String> lines() {
            return List.of(text);
        }
    }

    private static final int FIRST_ENTRIES = 150;
    private static final int LAST_ENTRIES = 150;
    /** Of the lines that show the bytes of one entry. */
    private static final int FIRST_LINES = 40;

    private static final int LAST_LINES = 8;
    /** A server that dribbles must not push everything else out. */
    private static final int MOST_RECEIVED_IN_A_ROW = 20;

    /** Of what is told in words at once, in characters. */
    private static final int MOST_WORDS = 2000;

    private static final double NANOS_PER_MILLI = 1e6;

    private final LongSupplier clock;
    private final List<Entry> first = new ArrayList<>();
    private final Deque<Entry> last = new ArrayDeque<>();
    /** The connections whose bytes are told in words. */
    private final Set<String> inWords = ConcurrentHashMap.newKeySet();

    private int omitted;
    /** How many entries in a row are data received over the same connection. */
    private int receivedInARow;

    /** A transcript whose times are what {@code clock} says, in nanoseconds. */
    public Transcript(LongSupplier clock) {
        this.clock = clock;
    }

    /** A transcript whose times begin now. */
    public static Transcript startingNow() {
        var start = System.nanoTime();
        return new Transcript(() -> System.nanoTime() - start);
    }

    /** The time now, on the transcript's clock. */
    public long now() {
        return clock.getAsLong();
    }

    public void note(String connection, String text) {
        add(new Note(now(), connection, text));
    }

    /** From now on the bytes of a connection are not kept: whoever understands them {@linkplain #tell tells} what they mean. */
    public void tellInWords(String connection) {
        inWords.add(connection);
    }

    /** Takes what bytes mean, the first of it if it is long. */
    public void tell(String connection, Direction direction, String words) {
        var shown = words.length() <= MOST_WORDS ? words : words.substring(0, MOST_WORDS) + "…";
        add(new Told(now(), connection, direction, shown));
    }

    /** Takes bytes that were sent in a number of pieces, beginning at {@code nanos}. */
    void sent(long nanos, String connection, Octets octets, int pieces) {
        if (inWords.contains(connection)) {
            return;
        }
        add(new Data(nanos, connection, Direction.SENT, Excerpt.of(octets), pieces));
    }

    /** Takes bytes that one read gave. What is long or was preceded by many already only grows. */
    synchronized void received(String connection, Octets octets) {
        if (inWords.contains(connection)) {
            return;
        }
        var latest = last.isEmpty() ? first.isEmpty() ? null : first.getLast() : last.getLast();
        if (!(latest instanceof Data data
                && data.direction == Direction.RECEIVED
                && data.connection.equals(connection))) {
            receivedInARow = 1;
            add(new Data(now(), connection, Direction.RECEIVED, Excerpt.of(octets), 1));
        } else if (data.excerpt.size() < Excerpt.HEAD && receivedInARow < MOST_RECEIVED_IN_A_ROW) {
            receivedInARow++;
            add(new Data(now(), connection, Direction.RECEIVED, Excerpt.of(octets), 1));
        } else {
            var whole = data.excerpt.followedBy(octets);
            var grown = new Data(data.nanos, connection, Direction.RECEIVED, whole, data.pieces + 1);
            if (last.isEmpty()) {
                first.set(first.size() - 1, grown);
            } else {
                last.removeLast();
                last.add(grown);
            }
        }
    }

    /** What is kept, in order. */
    public synchronized List<Entry> entries() {
        var all = new ArrayList<>(first);
        if (omitted > 0) {
            all.add(new Note(last.getFirst().nanos(), "", omitted + " entries left out"));
        }
        all.addAll(last);
        return List.copyOf(all);
    }

    /** The entries as maps of JSON values: {@code ms}, {@code connection}, {@code kind}, {@code lines}, and sizes of data. */
    public List<Map<String, Object>> toData() {
        return entries().stream().map(Transcript::toData).toList();
    }

    private static Map<String, Object> toData(Entry entry) {
        var map = new LinkedHashMap<String, Object>();
        map.put("ms", Math.round(entry.nanos() / 1e4) / 100.0);
        map.put("connection", entry.connection());
        switch (entry) {
            case Note note -> {
                map.put("kind", "note");
                map.put("lines", note.lines());
            }
            case Told told -> {
                map.put("kind", told.direction == Direction.SENT ? "sent" : "received");
                map.put("lines", told.lines());
            }
            case Data data -> {
                map.put("kind", data.direction == Direction.SENT ? "sent" : "received");
                map.put("bytes", data.excerpt.size());
                map.put("pieces", data.pieces);
                map.put("lines", data.lines());
            }
        }
        return map;
    }

    /**
     * The transcript for people, a line for each line of text: the time in milliseconds, the connection, {@code >} for sent
     * and {@code <} for received, and the bytes with escapes or as a hexadecimal dump.
     */
    public String render() {
        var text = new StringBuilder();
        for (var entry : entries()) {
            var time = "%9.2f ms".formatted(entry.nanos() / NANOS_PER_MILLI);
            switch (entry) {
                case Note note -> line(text, time, note.connection, "*", note.text);
                case Told told ->
                    line(text, time, told.connection, told.direction == Direction.SENT ? ">" : "<", told.text);
                case Data data -> {
                    var mark = data.direction == Direction.SENT ? ">" : "<";
                    for (var shown : data.lines()) {
                        line(text, time, data.connection, mark, shown);
                        time = " ".repeat(time.length());
                    }
                }
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return render();
    }

    private static void line(StringBuilder text, String time, String connection, String mark, String shown) {
        text.append(time)
                .append("  ")
                .append(connection)
                .append(' ')
                .append(mark)
                .append(' ')
                .append(shown);
        text.append('\n');
    }

    private static List<String> lines(Excerpt excerpt) {
        var isText = Printable.isText(excerpt.head());
        var lines = new ArrayList<>(lines(excerpt.head(), isText));
        if (excerpt.omitted() > 0) {
            lines.add("… " + excerpt.omitted() + " bytes left out …");
            lines.addAll(lines(excerpt.tail(), isText));
        }
        if (lines.size() <= FIRST_LINES + LAST_LINES + 1) {
            return lines;
        }
        var last = lines.size() - LAST_LINES;
        var shorter = new ArrayList<>(lines.subList(0, FIRST_LINES));
        shorter.add("… " + (last - FIRST_LINES) + " lines left out …");
        shorter.addAll(lines.subList(last, lines.size()));
        return shorter;
    }

    private static List<String> lines(Octets octets, boolean asText) {
        return asText ? Printable.textLines(octets) : Printable.dumpLines(octets);
    }

    private synchronized void add(Entry entry) {
        if (first.size() < FIRST_ENTRIES) {
            first.add(entry);
            return;
        }
        last.add(entry);
        if (last.size() > LAST_ENTRIES) {
            last.removeFirst();
            omitted++;
        }
    }
}
