package io.asgi4j.tck.script;

import io.asgi4j.spec.Extension;
import io.asgi4j.spec.ExtensionOutboundEvent;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanShutdownFailed;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.LifespanStartupFailed;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketSend;
import io.asgi4j.spec.extension.HttpResponseDebug;
import io.asgi4j.spec.extension.HttpResponseEarlyHint;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import io.asgi4j.spec.extension.HttpResponsePush;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import io.asgi4j.spec.extension.HttpResponseZeroCopySend;
import io.asgi4j.spec.extension.WebSocketHttpResponseBody;
import io.asgi4j.spec.extension.WebSocketHttpResponseStart;
import io.asgi4j.tck.script.Value.Dict;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the typed event of an event in ASGI's wire form. */
public final class OutboundEvents {
    /** The code of a Close frame unless the application gives another one. */
    private static final int NORMAL_CLOSURE = 1000;

    private OutboundEvents() {}

    /**
     * Makes an event; keys that ASGI does not know are left out, as Java has no place for them.
     *
     * @param event its wire form
     * @param files where it may point at
     * @throws IllegalArgumentException if Java's types cannot hold such an event: a key is missing, or has a wrong type or value
     * @throws IOException if a file cannot be opened
     */
    public static OutboundEvent make(Dict event, OpenFiles files) throws IOException {
        var keys = new EventKeys(event);
        return switch (event.type()) {
            case "http.response.start" ->
                new HttpResponseStart(keys.whole("status"), keys.headers(), keys.flag("trailers", false));
            case "http.response.body" -> new HttpResponseBody(keys.bytes("body"), keys.flag("more_body", false));
            case "websocket.accept" -> new WebSocketAccept(keys.optionalText("subprotocol"), keys.headers());
            case "websocket.send" -> new WebSocketSend(keys.optionalBytes("bytes"), keys.optionalText("text"));
            case "websocket.close" -> new WebSocketClose(keys.whole("code", NORMAL_CLOSURE), keys.text("reason", ""));
            case "lifespan.startup.complete" -> new LifespanStartupComplete();
            case "lifespan.startup.failed" -> new LifespanStartupFailed(keys.text("message", ""));
            case "lifespan.shutdown.complete" -> new LifespanShutdownComplete();
            case "lifespan.shutdown.failed" -> new LifespanShutdownFailed(keys.text("message", ""));
            case "http.response.push" -> new HttpResponsePush(keys.text("path"), keys.headers());
            case "http.response.zerocopysend" ->
                new HttpResponseZeroCopySend(
                        files.open(keys.file("file")),
                        keys.optionalLong("offset"),
                        keys.optionalLong("count"),
                        keys.flag("more_body", false));
            case "http.response.pathsend" -> new HttpResponsePathSend(keys.path("path", files));
            case "http.response.early_hint" -> new HttpResponseEarlyHint(keys.latin1s("links"));
            case "http.response.trailers" ->
                new HttpResponseTrailers(keys.headers(), keys.flag("more_trailers", false));
            case "http.response.debug" -> new HttpResponseDebug(info(keys.dict("info")));
            case "websocket.http.response.start" ->
                new WebSocketHttpResponseStart(keys.whole("status"), keys.headers());
            case "websocket.http.response.body" ->
                new WebSocketHttpResponseBody(keys.bytes("body"), keys.flag("more_body", false));
            case "" -> throw new IllegalArgumentException("an event without type");
            default -> new UnknownEvent(event.type());
        };
    }

    private static Map<String, Object> info(Dict dict) {
        var info = new LinkedHashMap<String, Object>();
        dict.entries().forEach((key, value) -> {
            var object = StateValues.toObject(value);
            if (object != null) {
                info.put(key, object);
            }
        });
        return info;
    }

    /** An event of a type that no server knows. */
    private record UnknownEvent(String type) implements ExtensionOutboundEvent {
        @Override
        public Class<? extends Extension> extension() {
            return UnknownExtension.class;
        }
    }

    /** The extension of an event of a type that no server knows: none offers it. */
    private record UnknownExtension(String name) implements Extension {}
}
