package io.asgi4j.tck.script;

import static java.util.Map.entry;

import io.asgi4j.tck.script.Value.Dict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ASGI takes a scope or an event to hold where a key is missing.
 *
 * <p>A trace holds what was delivered or sent, with or without such keys. Whoever compares looks through this.
 */
public final class Defaults {
    private static final Value NONE = new Value.Items(List.of());

    private static final Dict BODY = Dict.empty().with("body", Value.utf8("")).with("more_body", false);
    private static final Dict MESSAGE = Dict.empty().with("bytes", Value.NULL).with("text", Value.NULL);
    private static final Dict FAILURE = Dict.empty().with("message", "");
    private static final Dict SCOPE =
            Dict.empty().with("root_path", "").with("client", Value.NULL).with("server", Value.NULL);

    private static final Map<String, Dict> BY_TYPE = Map.ofEntries(
            entry("http", SCOPE.with("scheme", "http")),
            entry(
                    "websocket",
                    SCOPE.with("http_version", "1.1")
                            .with("scheme", "ws")
                            .with("query_string", Value.utf8(""))
                            .with("subprotocols", NONE)),
            entry("http.request", BODY),
            entry("http.response.start", Dict.empty().with("headers", NONE).with("trailers", false)),
            entry("http.response.body", BODY),
            entry("http.response.trailers", Dict.empty().with("headers", NONE).with("more_trailers", false)),
            entry("http.response.zerocopysend", Dict.empty().with("more_body", false)),
            entry(
                    "websocket.accept",
                    Dict.empty().with("subprotocol", Value.NULL).with("headers", NONE)),
            entry("websocket.receive", MESSAGE),
            entry("websocket.send", MESSAGE),
            entry("websocket.disconnect", Dict.empty().with("code", 1005).with("reason", "")),
            entry("websocket.close", Dict.empty().with("code", 1000).with("reason", "")),
            entry("websocket.http.response.start", Dict.empty().with("headers", NONE)),
            entry("websocket.http.response.body", BODY),
            entry("lifespan.startup.failed", FAILURE),
            entry("lifespan.shutdown.failed", FAILURE));

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
