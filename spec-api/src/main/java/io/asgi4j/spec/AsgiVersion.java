package io.asgi4j.spec;

/**
 * The versions of ASGI that a server speaks in a scope.
 *
 * <p>Rules: {@code core.version.core}, {@code core.version.http}, {@code core.version.lifespan},
 * {@code core.version.features}.
 *
 * @param version version of the core protocol, {@code "3.0"}
 * @param specVersion version of the part that governs the scope, such as {@code "2.5"} for HTTP; an application uses
 *     nothing younger than that
 */
public record AsgiVersion(String version, String specVersion) {

    /** The versions for {@link HttpScope} that this specification describes. */
    public static final AsgiVersion HTTP = new AsgiVersion("3.0", "2.5");

    /** The versions for {@link WebSocketScope} that this specification describes. */
    public static final AsgiVersion WEBSOCKET = new AsgiVersion("3.0", "2.5");

    /** The versions for {@link LifespanScope} that this specification describes. */
    public static final AsgiVersion LIFESPAN = new AsgiVersion("3.0", "2.0");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is empty
     */
    public AsgiVersion {
        Require.notEmpty(version, "version");
        Require.notEmpty(specVersion, "specVersion");
    }
}
