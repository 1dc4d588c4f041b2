package io.asgi4j.tck.app;

import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import java.util.ArrayList;
import java.util.List;

/** Tries to change what must not change. */
final class ScopeMutation {
    private static final String MARK = "x-tck-mutated";

    private ScopeMutation() {}

    /** Tries to change all collections of a scope; returns which of them gave way, which none should. */
    static Dict of(Scope scope) {
        var changed = new ArrayList<Value>();
        attempt("extensions", () -> scope.extensions().names().add(MARK), changed);
        attempt("state", () -> scope.state().asMap().put(MARK, true), changed);
        if (scope instanceof HttpScope http) {
            attempt("headers", () -> removeFirst(http.headers()), changed);
        }
        if (scope instanceof WebSocketScope socket) {
            attempt("headers", () -> removeFirst(socket.headers()), changed);
            attempt("subprotocols", () -> socket.subprotocols().add(MARK), changed);
        }
        return Dict.empty().with("changed", Value.list(changed));
    }

    private static void removeFirst(Iterable<?> items) {
        var iterator = items.iterator();
        iterator.next();
        iterator.remove();
    }

    private static void attempt(String what, Runnable change, List<Value> changed) {
        try {
            change.run();
            changed.add(Value.of(what));
        } catch (RuntimeException e) {
            // refused, as it should be
        }
    }

    /** Tells whether the bytes of an event can be changed through its buffer. */
    static boolean isWritable(InboundEvent event) {
        var bytes = switch (event) {
            case HttpRequest request -> request.body();
            case WebSocketReceive message -> message.bytes();
            default -> null;
        };
        return bytes != null && !bytes.isReadOnly();
    }
}
