package io.asgi4j.server.netty.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Base of the tests that talk to a server: what they open is closed after each of them. */
@Timeout(30)
public abstract class ServerTests {
    private final Setup setup;
    private final List<AutoCloseable> opened = new ArrayList<>();

    protected ServerTests(Setup setup) {
        this.setup = setup;
    }

    /** Options whose limits keep a test from waiting: no client is listened to for long after its last answer. */
    protected static Options options() {
        return Options.defaults().withText(ServerOptions.LINGERING_TIMEOUT, "500ms");
    }

    protected TestServer serve(HttpApplication application) throws IOException {
        return serve(options(), application);
    }

    protected TestServer serve(Options options, HttpApplication application) throws IOException {
        return serve(options, new State(), application);
    }

    protected TestServer serve(Options options, State state, Application application) throws IOException {
        return closing(TestServer.start(setup, options, state, application));
    }

    protected WireClient connect(TestServer server) throws IOException {
        return closing(setup.tls() ? TestTls.connect(server.port()) : WireClient.connect(server.port()));
    }

    protected WireClient connectWithSmallWindow(TestServer server) throws IOException {
        return closing(
                setup.tls()
                        ? TestTls.connectWithSmallWindow(server.port())
                        : WireClient.connectWithSmallWindow(server.port()));
    }

    /** Serves one request, which is not HEAD, and returns the answer. */
    protected Reply exchange(String request, HttpApplication application) throws IOException {
        return connect(serve(application)).send(request).read();
    }

    protected <T extends AutoCloseable> T closing(T resource) {
        opened.addFirst(resource);
        return resource;
    }

    /** Waits for what an application, or the server, was to do. */
    protected static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(WireClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS), "it did not happen");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var resource : opened) {
            resource.close();
        }
    }
}
