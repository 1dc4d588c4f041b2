package io.asgi4j.tck;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Features that are judged together, so that a report can say in a few words what a server is good for. */
public enum Profile {
    /** Plain HTTP/1.1. */
    CORE_HTTP,
    /** WebSocket, with or without compression. */
    WEBSOCKET,
    /** Start-up, shutdown and state. */
    LIFESPAN,
    /** All extensions but those about TLS. */
    EXTENSIONS,
    /** TLS and what scopes say of it. */
    TLS,
    /** HTTP/2. */
    HTTP2,
    /** Other ways to listen. */
    LISTENERS;

    /** What belongs to it; a server may offer only some of it. */
    public Set<Feature> features() {
        return Arrays.stream(Feature.values())
                .filter(feature -> feature.profile() == this)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The name on a command line and in reports, such as {@code core-http}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
