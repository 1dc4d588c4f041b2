package io.asgi4j.tck.app;

import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceEntry.Failure;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.TraceJson;
import io.asgi4j.tck.script.Until;
import io.asgi4j.tck.script.Value.Dict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened in a scenario, in the order in which it happened.
 *
 * <p>Any thread may call any method; the fields belong to whoever holds the lock.
 */
final class Trace {
    /** How many entries are kept; of those behind them only the ends of calls are, up to as many again. */
    static final int MAX_ENTRIES = 20_000;

    /** How many characters of JSON are kept. */
    static final int MAX_CHARACTERS = 8 << 20;

    private final Clock clock;
    private final Consumer<ObjectNode> printer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<TraceEntry> entries = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private int characters;
    private long dropped;

    /** Makes an empty trace; the printer gets each entry, also those that are not kept. */
    Trace(Clock clock, Consumer<ObjectNode> printer) {
        this.clock = clock;
        this.printer = printer;
    }

    void add(int call, String fork, Kind kind, @Nullable Dict event, @Nullable Failure error, Dict details) {
        lock.lock();
        try {
            var entry = new TraceEntry(
                    entries.size() + dropped + 1, clock.millis(), call, fork, kind, event, error, details);
            var json = TraceJson.write(entry);
            printer.accept(json);
            var text = Json.write(json);
            if (hasRoom(kind)) {
                entries.add(entry);
                texts.add(text);
                characters += text.length();
            } else {
                dropped++;
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(Kind kind) {
        var isEnd = kind == Kind.RETURNED || kind == Kind.RAISED;
        return entries.size() < (isEnd ? 2 * MAX_ENTRIES : MAX_ENTRIES) && (isEnd || characters < MAX_CHARACTERS);
    }

    /** Waits for what the driver asks for, but not longer than so many milliseconds; tells whether it happened. */
    boolean await(Until until, long millis) throws InterruptedException {
        var left = TimeUnit.MILLISECONDS.toNanos(millis);
        var seen = 0;
        var missing = until.count();
        lock.lock();
        try {
            while (true) {
                for (; seen < entries.size() && missing > 0; seen++) {
                    missing -= until.matches(entries.get(seen)) ? 1 : 0;
                }
                if (missing <= 0) {
                    return true;
                }
                if (left <= 0) {
                    return false;
                }
                left = added.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    List<TraceEntry> entries() {
        lock.lock();
        try {
            return List.copyOf(entries);
        } finally {
            lock.unlock();
        }
    }

    /** The JSON array of the entries whose {@code seq} is larger. */
    String toJson(long after) {
        lock.lock();
        try {
            var first = 0;
            while (first < entries.size() && entries.get(first).seq() <= after) {
                first++;
            }
            return "[" + String.join(",\n", texts.subList(first, texts.size())) + "]";
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
