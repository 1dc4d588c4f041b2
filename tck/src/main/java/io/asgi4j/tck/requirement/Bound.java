package io.asgi4j.tck.requirement;

import java.util.Locale;

/** Who is bound by a requirement: the subject of its sentence. */
public enum Bound {
    /** The one whom this kit judges. */
    SERVER,
    /** What a server calls. */
    APPLICATION,
    /** What stands between both. */
    MIDDLEWARE;

    /** As in the specification's text. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
