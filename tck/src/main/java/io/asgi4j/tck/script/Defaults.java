package io.asgi4j.tck.script;

import io.asgi4j.tck.script.Value.Dict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ASGI takes a scope or an inbound event to hold where a key is missing.
 *
 * <p>A trace holds what was delivered, with or without such keys. Whoever compares looks through this.
 */
public final class Defaults {
    private static final Map<String, Dict> BY_TYPE = Map.of(
            "http",
            Dict.empty()
                    .with("scheme", "http")
                    .with("root_path", "")
                    .with("client", Value.NULL)
                    .with("server", Value.NULL),
            "websocket",
            Dict.empty()
                    .with("http_version", "1.1")
                    .with("scheme", "ws")
                    .with("query_string", Value.utf8(""))
                    .with("root_path", "")
                    .with("client", Value.NULL)
                    .with("server", Value.NULL)
                    .with("subprotocols", new Value.Items(List.of())),
            "http.request",
            Dict.empty().with("body", Value.utf8("")).with("more_body", false),
            "websocket.receive",
            Dict.empty().with("bytes", Value.NULL).with("text", Value.NULL),
            "websocket.disconnect",
            Dict.empty().with("code", 1005).with("reason", ""));

    private Defaults() {}

    /** {@return the scope or event with the defaults of the keys that it lacks} */
    public static Dict fill(Dict event) {
        var defaults = BY_TYPE.get(event.type());
        if (defaults == null) {
            return event;
        }
        var filled = new LinkedHashMap<>(event.entries());
        defaults.entries().forEach(filled::putIfAbsent);
        return new Dict(filled);
    }

    /** Tells whether an event, its defaults filled in, has all of these entries. */
    public static boolean holds(Dict event, Dict entries) {
        var filled = fill(event);
        return entries.entries().entrySet().stream()
                .allMatch(wanted -> isSame(wanted.getValue(), filled.get(wanted.getKey())));
    }

    private static boolean isSame(Value wanted, @Nullable Value value) {
        if (wanted instanceof Value.Bytes bytes && value instanceof Value.Bytes other) {
            return bytes.isSameAs(other);
        }
        return wanted.equals(value);
    }
}
