package io.asgi4j.tck;

import java.util.Arrays;
import java.util.Optional;

/** Something that a server may offer, and is judged for once it does. */
public enum Feature {
    /** HTTP/1.1 without anything optional. */
    HTTP("http", Profile.CORE_HTTP),
    /** WebSocket over HTTP/1.1. */
    WEBSOCKET("websocket", Profile.WEBSOCKET),
    /** The compression of WebSocket messages, RFC 7692. */
    WEBSOCKET_COMPRESSION("websocket.compression", Profile.EXTENSIONS),
    /** The lifespan scope. */
    LIFESPAN("lifespan", Profile.LIFESPAN),
    /** The state that a lifespan hands over to requests. */
    STATE("state", Profile.LIFESPAN),
    /** HTTP over TLS. */
    TLS("tls", Profile.TLS),
    /** HTTP/2. */
    HTTP2("http2", Profile.HTTP2),
    /** A listener on a unix socket. */
    UNIX_SOCKET("unix-socket", Profile.LISTENERS),
    /** The extension of that name. */
    WEBSOCKET_DENIAL("websocket.http.response", Profile.EXTENSIONS),
    /** The extension of that name. */
    EARLY_HINT("http.response.early_hint", Profile.EXTENSIONS),
    /** The extension of that name. */
    PATHSEND("http.response.pathsend", Profile.EXTENSIONS),
    /** The extension of that name. */
    ZEROCOPYSEND("http.response.zerocopysend", Profile.EXTENSIONS),
    /** The extension of that name. */
    RESPONSE_TRAILERS("http.response.trailers", Profile.EXTENSIONS),
    /** The extension of that name, which is asgi4j's own. */
    REQUEST_TRAILERS("http.request.trailers", Profile.EXTENSIONS),
    /** The extension of that name. */
    PUSH("http.response.push", Profile.EXTENSIONS),
    /** The extension of that name. */
    DEBUG("http.response.debug", Profile.EXTENSIONS);

    private final String id;
    private final Profile profile;

    Feature(String id, Profile profile) {
        this.id = id;
        this.profile = profile;
    }

    /** Its name on a command line and in reports; of an extension, ASGI's name. */
    public String id() {
        return id;
    }

    /** The profile to which it belongs. */
    public Profile profile() {
        return profile;
    }

    /** The feature of that id. */
    public static Optional<Feature> of(String id) {
        return Arrays.stream(values()).filter(feature -> feature.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
