package io.asgi4j.tck;

import java.util.Map;

/**
 * What a server is called in reports.
 *
 * @param name such as {@code asgi4j-server-netty}
 * @param version empty if it is not known
 * @param details anything else that readers of a report should know, such as the event loop in use
 */
public record ServerInfo(String name, String version, Map<String, String> details) {
    /** Copies the map. */
    public ServerInfo {
        details = Map.copyOf(details);
    }

    /** A server about which there is nothing more to be said. */
    public static ServerInfo of(String name, String version) {
        return new ServerInfo(name, version, Map.of());
    }

    @Override
    public String toString() {
        return version.isEmpty() ? name : name + " " + version;
    }
}
