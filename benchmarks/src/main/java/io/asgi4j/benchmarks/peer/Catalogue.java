package io.asgi4j.benchmarks.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** All peers. */
public final class Catalogue {
    /** The peer to which all others are compared. */
    public static final String LIMIT = "netty";

    private static final String ADD_OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    private static final String CARRIERS = "-Djdk.virtualThreadScheduler.parallelism=" + Installation.LOOPS;

    private static final List<Peer> PEERS = List.of(
            jvm(LIMIT, "hand-written Netty, on the event loop", "NettyPeer", "netty-transport"),
            jvm("asgi4j", "virtual threads on the event loop", "Asgi4jPeer", "asgi4j-server-netty", ADD_OPENS),
            jvm(
                    "asgi4j-shared",
                    "virtual threads on the JVM's pool",
                    "Asgi4jSharedPeer",
                    "asgi4j-server-netty",
                    CARRIERS),
            new Peer(
                    "asgi4j-jar",
                    "the executable jar, only started",
                    new Program.ExecutableJar(),
                    EnumSet.allOf(Feature.class)),
            jvm("vertx", "callbacks on the event loop", "VertxPeer", "vertx-core", vertx()),
            jvm("vertx-vt", "virtual threads on the JVM's pool", "VertxVirtualPeer", "vertx-core", vertx(CARRIERS)),
            jvm("helidon", "virtual threads on the JVM's pool", "HelidonPeer", "helidon-webserver", CARRIERS)
                    .without(Feature.DEFLATE),
            jvm("jetty", "virtual threads on the JVM's pool, no servlets", "JettyPeer", "jetty-server", CARRIERS),
            jvm("undertow", "callbacks on the event loop, worker threads for /block", "UndertowPeer", "undertow-core"),
            jvm("tomcat", "servlets, virtual threads on the JVM's pool", "TomcatPeer", "tomcat-embed-core", CARRIERS),
            jvm("armeria", "callbacks on the event loop", "ArmeriaPeer", "armeria")
                    .without(Feature.DEFLATE),
            python("uvicorn", "Python, uvloop and httptools", "serve_uvicorn.py", "uvicorn"),
            python("hypercorn", "Python, uvloop and h11", "serve_hypercorn.py", "python3-hypercorn"));

    private Catalogue() {}

    public static List<Peer> all() {
        return PEERS;
    }

    public static Peer get(String name) {
        return PEERS.stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MissingException("There is no peer " + name + ", only " + PEERS));
    }

    /** Whether this is our server, or what it is compared to: loads that take long leave out all others. */
    public static boolean isOurs(Peer peer) {
        return peer.name().equals(LIMIT) || peer.name().startsWith("asgi4j");
    }

    private static Peer jvm(String name, String description, String mainClass, String library, String... options) {
        return new Peer(name, description, new Program.OnJvm(mainClass, library, Arrays.asList(options)), Set.of());
    }

    /** What Vert.x's authors turn off where they measure it themselves. */
    private static String[] vertx(String... more) {
        var options = new ArrayList<>(List.of(
                "-Dvertx.disableMetrics=true",
                "-Dvertx.disableContextTimings=true",
                "-Dvertx.disableHttpHeadersValidation=true",
                "-Dvertx.threadChecks=false"));
        options.addAll(Arrays.asList(more));
        return options.toArray(String[]::new);
    }

    private static Peer python(String name, String description, String script, String debianPackage) {
        var words = List.of("/usr/bin/python3", "{python}/" + script, "{port}", "{loops}", "{file}");
        return new Peer(name, description, new Program.OfDistribution(debianPackage, words), Set.of());
    }
}
