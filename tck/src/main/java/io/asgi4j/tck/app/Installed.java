package io.asgi4j.tck.app;

import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.Script;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A scenario as the application holds it, from its installation to its deletion. Any thread may call any method. */
final class Installed implements Closeable {
    /** What a strand of steps waits for. */
    private record Pending(int call, String fork, String op, double since) {}

    private final Script script;
    private final Clock clock;
    private final Trace trace;
    private final Signals signals = new Signals();
    private final ScenarioFiles files = new ScenarioFiles();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Strand, Pending> pending = new ConcurrentHashMap<>();
    private final Set<Thread> forks = ConcurrentHashMap.newKeySet();

    Installed(String id, Script script, Clock clock, Consumer<String> lines) {
        this.script = script;
        this.clock = clock;
        this.trace = new Trace(clock, script.print() ? entry -> lines.accept(line(id, entry)) : entry -> {});
    }

    /** What a driver finds among the other output of the server when nobody can be asked any more. */
    private static String line(String id, ObjectNode entry) {
        return "asgi4j-tck: " + Json.write(Json.object().put("scenario", id).setAll(entry));
    }

    /** Runs the steps of the next call. */
    void call(Scope scope, Receive receive, Send send) throws Exception {
        new Call(this, calls.getAndIncrement(), scope, receive, send).run();
    }

    Script script() {
        return script;
    }

    Trace trace() {
        return trace;
    }

    Signals signals() {
        return signals;
    }

    ScenarioFiles files() {
        return files;
    }

    void forked(Thread thread) {
        forks.add(thread);
    }

    void forkEnded(Thread thread) {
        forks.remove(thread);
    }

    /** Notes that a strand may block from now on, for the driver to see what is stuck. */
    void waits(Strand strand, int call, String op) {
        pending.put(strand, new Pending(call, strand.name(), op, clock.millis()));
    }

    void waitsNoMore(Strand strand) {
        pending.remove(strand);
    }

    ArrayNode pending() {
        var array = Json.array();
        for (var wait : pending.values()) {
            array.addObject()
                    .put("call", wait.call())
                    .put("fork", wait.fork())
                    .put("op", wait.op())
                    .put("since_ms", wait.since());
        }
        return array;
    }

    /** Ends all waits for signals and all forks, and removes the files. */
    @Override
    public void close() throws IOException {
        signals.close();
        forks.forEach(Thread::interrupt);
        files.close();
    }
}
