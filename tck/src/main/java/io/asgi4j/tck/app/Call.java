package io.asgi4j.tck.app;

import io.asgi4j.spec.Connection;
import io.asgi4j.spec.ExtensionScope;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.tck.script.OpenFiles;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry.Failure;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value.Dict;
import io.asgi4j.tck.script.WireForm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One call of the application in a scenario, with its forks. Any thread may call any method. */
final class Call {
    private final Installed scenario;
    private final int number;
    private final Scope scope;
    private final Receive receive;
    private final Send send;
    private final OpenFiles files;
    private final List<InboundEvent> kept = new CopyOnWriteArrayList<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();

    Call(Installed scenario, int number, Scope scope, Receive receive, Send send) {
        this.scenario = scenario;
        this.number = number;
        this.scope = scope;
        this.receive = receive;
        this.send = send;
        this.files = scenario.files().ofCall();
    }

    void run() throws Exception {
        var thread = Thread.currentThread();
        threads.put(Step.Fork.MAIN, thread);
        trace(
                Step.Fork.MAIN,
                Kind.SCOPE,
                WireForm.of(scope),
                null,
                Dict.empty().with("thread", thread.isVirtual() ? "virtual" : "platform"));
        try {
            new Strand(this, Step.Fork.MAIN).run(scenario.script().steps(number));
        } finally {
            threads.remove(Step.Fork.MAIN);
        }
    }

    /** Starts a fork. What it throws is traced and goes nowhere. */
    void fork(Step.Fork fork) {
        var strand = new Strand(this, fork.name());
        Runnable work = () -> {
            try {
                strand.run(fork.steps());
            } catch (Exception | Error e) {
                // traced by the strand
            } finally {
                scenario.forkEnded(Thread.currentThread());
            }
        };
        var thread = switch (fork.thread()) {
            case USUAL -> Thread.ofVirtual().unstarted(work);
            case PLATFORM -> Thread.ofPlatform().daemon().unstarted(work);
        };
        thread.setName("asgi4j-tck fork " + fork.name());
        threads.put(fork.name(), thread);
        scenario.forked(thread);
        thread.start();
    }

    /** The thread of a fork, or the one that runs the call while it does; null if there is none. */
    @Nullable
    Thread thread(String fork) {
        return threads.get(fork);
    }

    /** The connection of the scope; null if a scope of its kind has none. */
    @Nullable
    Connection connection() {
        return switch (scope) {
            case HttpScope http -> http.connection();
            case WebSocketScope socket -> socket.connection();
            case LifespanScope lifespan -> null;
            case ExtensionScope other -> null;
        };
    }

    void trace(String fork, Kind kind, @Nullable Dict event, @Nullable Failure error, Dict details) {
        scenario.trace()
                .add(number, fork, kind, event == null ? null : Bounded.dict(event), error, Bounded.dict(details));
    }

    Installed scenario() {
        return scenario;
    }

    int number() {
        return number;
    }

    Scope scope() {
        return scope;
    }

    Receive receive() {
        return receive;
    }

    Send send() {
        return send;
    }

    OpenFiles files() {
        return files;
    }

    /** The events that steps asked to keep. */
    List<InboundEvent> kept() {
        return kept;
    }
}
