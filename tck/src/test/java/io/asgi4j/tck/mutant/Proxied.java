package io.asgi4j.tck.mutant;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.ServerUnderTest;
import java.net.URI;
import java.util.Set;

/**
 * A server behind a proxy, which is part of it.
 *
 * @param atClose what the proxy does when the server begins to close
 */
record Proxied(ServerUnderTest server, Proxy proxy, Runnable atClose) implements ServerUnderTest {
    @Override
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + proxy.port());
    }

    @Override
    public ServerInfo info() {
        return server.info();
    }

    @Override
    public Set<Feature> features() {
        return server.features();
    }

    @Override
    public void close() throws Exception {
        try (proxy) {
            atClose.run();
            server.close();
        }
    }
}
