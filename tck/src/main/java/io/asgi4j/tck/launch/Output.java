package io.asgi4j.tck.launch;

import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.ScriptException;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server prints: lines for people, of which the first and the last are kept, and entries of traces, which the application marks.
 * Any thread may call any method.
 */
final class Output {
    /** What the application puts before an entry of a trace. */
    private static final String MARK = "asgi4j-tck: ";

    private static final int MOST_FIRST_LINES = 200;
    private static final int MOST_LAST_LINES = 200;
    private static final int MOST_ENTRIES = 20_000;
    private static final int LONGEST_LINE = 1000;

    private final List<String> first = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();
    private final Map<String, List<TraceEntry>> entries = new HashMap<>();
    private int omitted;
    private int entryCount;

    synchronized void add(String line) {
        if (!line.startsWith(MARK) || !addEntry(line.substring(MARK.length()))) {
            addLine(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…");
        }
    }

    private boolean addEntry(String json) {
        try {
            var tree = Json.read(json);
            if (entryCount < MOST_ENTRIES) {
                entryCount++;
                entries.computeIfAbsent(tree.path("scenario").asString(""), id -> new ArrayList<>())
                        .add(TraceJson.read(tree));
            }
            return true;
        } catch (ScriptException e) {
            return false;
        }
    }

    private void addLine(String line) {
        if (first.size() < MOST_FIRST_LINES) {
            first.add(line);
            return;
        }
        last.add(line);
        if (last.size() > MOST_LAST_LINES) {
            last.removeFirst();
            omitted++;
        }
    }

    /** The entries of a scenario's trace. */
    synchronized List<TraceEntry> trace(String scenario) {
        return List.copyOf(entries.getOrDefault(scenario, List.of()));
    }

    /** The lines for people. */
    synchronized String text() {
        var all = new ArrayList<>(first);
        if (omitted > 0) {
            all.add("… " + omitted + " lines left out …");
        }
        all.addAll(last);
        return String.join("\n", all);
    }

    /** The last few lines, for a message; empty if there are none. */
    synchronized String end(int lines) {
        var all = new ArrayList<>(first);
        all.addAll(last);
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }
}
