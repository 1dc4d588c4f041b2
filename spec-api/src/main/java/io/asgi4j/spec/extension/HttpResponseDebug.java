package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;
import io.asgi4j.spec.ExtensionOutboundEvent;
import java.util.Map;

/**
 * Tells a test client what the application used to make the response.
 *
 * <p>Sent once, before the start of the response.
 *
 * <p>Rules: {@code extension.debug.before-start}.
 *
 * @param info what there is to tell
 */
public record HttpResponseDebug(Map<String, Object> info) implements ExtensionOutboundEvent {

    /** Copies the map. */
    public HttpResponseDebug {
        info = Map.copyOf(info);
    }

    @Override
    public String type() {
        return "http.response.debug";
    }

    @Override
    public Class<? extends Extension> extension() {
        return Debug.class;
    }
}
