package io.asgi4j.tck.requirement;

import java.util.Locale;

/** Where a requirement comes from, and so whom it can be held against. */
public enum Origin {
    /** ASGI's own specification: it binds servers in any language. */
    ASGI,
    /** A decision of this specification: it binds servers written on its Java types. */
    ASGI4J,
    /** The RFCs of HTTP/1.1 and WebSocket: it binds whoever speaks these, in any language. */
    RFC;

    /** As in the specification's text. */
    @Override
    public String toString() {
        return this == RFC ? name() : name().toLowerCase(Locale.ROOT);
    }
}
