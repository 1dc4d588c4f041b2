package io.asgi4j.tck;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is judged together, so that a report can say in a few words what a server is good for.
 *
 * <p>Those up to {@link #DRAIN} are what every server has to do that offers HTTP, WebSocket and lifespan at all. What needs something more
 * belongs where that does: a scenario counts for the last of the profiles of its requirements, and of the features and options that it
 * needs.
 */
public enum Profile {
    /** Plain HTTP/1.1. */
    CORE_HTTP,
    /** WebSocket. */
    WEBSOCKET,
    /** Start-up, shutdown and state. */
    LIFESPAN,
    /** What the RFCs of HTTP/1.1 and WebSocket ask of every server, whatever it calls: the rules of WIRE.md. */
    WIRE("wire\\..*"),
    /** How the server ends well: what becomes of exchanges and connections at its shutdown. */
    DRAIN("shutdown\\..*|signals\\.draining"),
    /** All extensions of ASGI but those about TLS, and those of WebSocket. */
    EXTENSIONS,
    /** TLS and what scopes say of it. */
    TLS,
    /** HTTP/2. */
    HTTP2,
    /** Other ways to listen. */
    LISTENERS,
    /** A path under which the application is mounted, which whoever starts the server can set. */
    ROOT_PATH,
    /** What whoever starts the server can switch on or off. */
    SWITCHES,
    /** Limits of time, size and number that whoever starts the server can set. */
    LIMITS;

    /** The slugs of the requirements that belong to it, as a regular expression. */
    private final String slugs;

    Profile() {
        this("");
    }

    Profile(String slugs) {
        this.slugs = slugs;
    }

    /** The profile that a requirement has by its slug, whatever is needed to judge it. */
    public static Optional<Profile> ofRequirement(String slug) {
        return Arrays.stream(values())
                .filter(profile -> slug.matches(profile.slugs))
                .findFirst();
    }

    /** What belongs to it, beside options; a server may offer only some of it. */
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
