package io.asgi4j.tck.run;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.control.ControlClient;
import io.asgi4j.tck.control.Hello;
import io.asgi4j.tck.launch.RunningServer;
import io.asgi4j.tck.scenario.Facts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A server that runs, and the application behind it.
 *
 * @param address where clients connect
 */
record Target(RunningServer server, ControlClient control, Hello hello, InetSocketAddress address) {
    private static final int HTTP_PORT = 80;

    /** Enough connections for two processes of a server to show that they are two. */
    private static final int GREETINGS = 8;

    /**
     * Asks the application behind a server what it is, several times: each answer tells more about its clock, and two different ones
     * tell that there are several processes.
     *
     * @throws IOException if it does not answer, or there are several
     */
    static Target of(RunningServer server) throws IOException {
        var base = server.baseUri();
        var control = new ControlClient(base);
        var hello = control.hello();
        for (var i = 1; i < GREETINGS; i++) {
            var other = control.hello();
            requireSame(hello, other);
            hello = hello.sharpenedBy(other);
        }
        var port = base.getPort() == -1 ? HTTP_PORT : base.getPort();
        var address = new InetSocketAddress(InetAddress.getByName(base.getHost()), port);
        return new Target(server, control, hello, address);
    }

    /**
     * Asks once more whether the application is the one that it was.
     *
     * @throws IOException if it does not answer, or is another one
     */
    void check() throws IOException {
        for (var i = 0; i < GREETINGS; i++) {
            requireSame(hello, control.hello());
        }
    }

    private static void requireSame(Hello first, Hello other) throws LostServerException {
        if (!other.instance().equals(first.instance())) {
            throw LostServerException.severalProcesses();
        }
    }

    /** What the server offers: what it declares, or, if it has no means to, what nearly everybody has and its scopes offer. */
    Set<Feature> features() {
        var declared = server.features();
        if (!declared.isEmpty()) {
            return declared;
        }
        var features = EnumSet.of(Feature.HTTP, Feature.WEBSOCKET);
        if (hello.hasLifespan()) {
            features.add(Feature.LIFESPAN);
        }
        if (hello.hasState()) {
            features.add(Feature.STATE);
        }
        features.addAll(offered());
        return features;
    }

    /** The features that the server's scopes offer. */
    Set<Feature> offered() {
        var offered = EnumSet.noneOf(Feature.class);
        hello.extensions().stream()
                .flatMap(extension -> Feature.of(extension).stream())
                .forEach(offered::add);
        return offered;
    }

    /** What is known before a scenario runs. */
    Facts facts(String wireId) {
        var base = server.baseUri();
        var prefix = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        return new Facts(Map.of(
                "id", wireId,
                "path", prefix + "/t/" + wireId,
                "host", base.getRawAuthority(),
                "server_host", address.getAddress().getHostAddress(),
                "server_port", Integer.toString(address.getPort())));
    }
}
