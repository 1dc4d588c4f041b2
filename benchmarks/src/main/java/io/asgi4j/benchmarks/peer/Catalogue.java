package io.asgi4j.benchmarks.peer;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** All peers. */
public final class Catalogue {
    /** The peer to which all others are compared. */
    public static final String LIMIT = "netty";

    private static final String ADD_OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    private static final List<Peer> PEERS = List.of(
            jvm(LIMIT, "hand-written Netty, on the event loop", "NettyPeer", "netty-transport"),
            jvm("asgi4j", "virtual threads on the event loop", "Asgi4jPeer", "asgi4j-server-netty", ADD_OPENS),
            jvm("asgi4j-shared", "virtual threads on the JVM's pool", "Asgi4jSharedPeer", "asgi4j-server-netty"));

    private Catalogue() {}

    public static List<Peer> all() {
        return PEERS;
    }

    public static Peer get(String name) {
        return PEERS.stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no peer " + name + ", only " + PEERS));
    }

    /** Whether this is our server, or what it is compared to: loads that take long leave out all others. */
    public static boolean isOurs(Peer peer) {
        return peer.name().equals(LIMIT) || peer.name().startsWith("asgi4j");
    }

    private static Peer jvm(String name, String description, String mainClass, String library, String... options) {
        return new Peer(name, description, new Program.OnJvm(mainClass, library, Arrays.asList(options)), Set.of());
    }
}
