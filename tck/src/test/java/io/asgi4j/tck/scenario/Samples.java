package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Traces and facts to look at. */
final class Samples {
    static final Facts FACTS = new Facts(Map.of("path", "/t/x", "client_port", "4711", "client_host", "127.0.0.1"));

    private Samples() {}

    static TraceEntry entry(Kind kind, Dict event) {
        return new TraceEntry(0, 0, 0, Step.Fork.MAIN, kind, event, null, Dict.empty());
    }

    static TraceEntry ended(Kind kind) {
        return new TraceEntry(0, 0, 0, Step.Fork.MAIN, kind, null, null, Dict.empty());
    }

    static TraceEntry failed(Dict event, boolean io) {
        var error = new TraceEntry.Failure("SomeException", "no", io);
        return new TraceEntry(0, 0, 0, Step.Fork.MAIN, Kind.SEND_FAILED, event, error, Dict.empty());
    }

    static Dict request(String body, boolean more) {
        return Dict.empty()
                .with("type", "http.request")
                .with("body", Value.utf8(body))
                .with("more_body", more);
    }

    static Dict type(String type) {
        return Dict.empty().with("type", type);
    }

    /** A trace of these entries, numbered. */
    static TraceView trace(TraceEntry... entries) {
        var numbered = new ArrayList<TraceEntry>();
        for (var entry : List.of(entries)) {
            numbered.add(new TraceEntry(
                    numbered.size() + 1L,
                    entry.ms(),
                    entry.call(),
                    entry.fork(),
                    entry.kind(),
                    entry.event(),
                    entry.error(),
                    entry.details()));
        }
        return new TraceView(numbered, List.of());
    }
}
