package io.asgi4j.tck.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceJson;
import io.asgi4j.tck.script.Until;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A scenario without a server: what it receives is put in, what it sends is taken out. */
final class FakeExchange implements AutoCloseable {
    private static final int LIMIT_MILLIS = 10_000;

    final BlockingQueue<InboundEvent> inbound = new LinkedBlockingQueue<>();
    final List<OutboundEvent> outbound = Collections.synchronizedList(new ArrayList<>());
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    /** What the next sends throw instead of taking their events. */
    final Queue<Exception> sendFailures = new ConcurrentLinkedQueue<>();

    final Installed scenario;
    private final Receive receive = inbound::take;
    private final Send send = event -> {
        var failure = sendFailures.poll();
        switch (failure) {
            case null -> outbound.add(event);
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new AssertionError(failure);
        }
    };

    FakeExchange(Script script) {
        scenario = new Installed("id", script, new Clock(), lines::add);
    }

    /** A scenario of one call, with single quotes for double ones. */
    static FakeExchange of(String steps) {
        return new FakeExchange(ScriptJson.parse(
                "{'calls':[[%s]],'print':false}".formatted(steps).replace('\'', '"')));
    }

    void call() throws Exception {
        call(HttpScope.builder().build());
    }

    void call(Scope scope) throws Exception {
        scenario.call(scope, receive, send);
    }

    void await(String until) throws InterruptedException {
        assertTrue(scenario.trace().await(Until.parse(until), LIMIT_MILLIS), () -> until + " in " + summary());
    }

    List<TraceEntry> entries() {
        return scenario.trace().entries();
    }

    /** The first entry of a kind. */
    TraceEntry first(TraceEntry.Kind kind) {
        return entries().stream()
                .filter(entry -> entry.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + summary()));
    }

    /** The kinds of all entries behind the scope, one word each, with the fork if there is one. */
    String summary() {
        var words = new ArrayList<String>();
        for (var entry :
                entries().subList(Math.min(1, entries().size()), entries().size())) {
            var kind = TraceJson.write(entry).get("kind").stringValue();
            words.add(entry.fork().equals("main") ? kind : kind + "@" + entry.fork());
        }
        return String.join(" ", words);
    }

    @Override
    public void close() throws Exception {
        scenario.close();
    }
}
