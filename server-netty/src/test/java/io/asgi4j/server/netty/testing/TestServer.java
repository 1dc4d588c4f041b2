package io.asgi4j.server.netty.testing;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.listener.Listener;
import io.asgi4j.server.netty.loop.EventLoops;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.tls.TlsServer;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server in this JVM, on a free port of the loopback interface, which remembers how its applications' calls ended. */
public final class TestServer implements AutoCloseable {
    private final EventLoops loops;
    private final @Nullable TlsServer tls;
    private final Listener listener;
    private final BlockingQueue<Optional<Throwable>> ended = new LinkedBlockingQueue<>();
    private final AtomicInteger calls = new AtomicInteger();

    private TestServer(Setup setup, Options options, State state, Application application) throws IOException {
        this.tls = Listener.openTls(options);
        this.loops = EventLoops.open(setup.scheduler(), setup.transport(), options.get(ServerOptions.LOOPS));
        this.listener = Listener.bind(loops, watched(application), options, state, tls);
    }

    /** Starts a server with one event loop, unless the options say otherwise. */
    public static TestServer start(Setup setup, Options options, State state, Application application)
            throws IOException {
        var loops = Math.max(1, options.get(ServerOptions.LOOPS));
        return new TestServer(
                setup,
                (setup.tls() ? TestTls.options(options) : options)
                        .with(ServerOptions.PORT, 0)
                        .with(ServerOptions.LOOPS, loops),
                state,
                application);
    }

    private Application watched(Application application) {
        return (scope, receive, send) -> {
            calls.incrementAndGet();
            try {
                application.handle(scope, receive, send);
                ended.add(Optional.empty());
            } catch (Throwable failure) {
                ended.add(Optional.of(failure));
                throw failure;
            }
        };
    }

    public int port() {
        return ((InetSocketAddress) listener.addresses().getFirst()).getPort();
    }

    /** How often the application was called; changes as it is called. */
    public Number calls() {
        return calls;
    }

    /** Waits until the next call has ended, in the order in which they end; returns what left it. */
    public Optional<Throwable> nextEnd() throws InterruptedException {
        var end = ended.poll(WireClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertNotNull(end, "the application's call did not end");
        return end;
    }

    /** Waits until the next call has returned. */
    public void assertReturns() throws InterruptedException {
        var end = nextEnd();
        assertTrue(end.isEmpty(), () -> "the application threw " + end);
    }

    /** Waits until the next call has thrown. */
    public <T extends Throwable> T assertThrows(Class<T> type) throws InterruptedException {
        var end = nextEnd();
        assertTrue(end.filter(type::isInstance).isPresent(), () -> "the application's call ended with " + end);
        return type.cast(end.orElseThrow());
    }

    public void stopAccepting() {
        listener.stopAccepting();
    }

    /** Lets the connections end; blocks until they have, or the grace period and the interrupted calls are over. */
    public void drain(Duration grace) throws InterruptedException {
        listener.stopAccepting();
        listener.drain(grace);
    }

    @Override
    public void close() throws InterruptedException {
        if (loops.group().isShuttingDown()) {
            return;
        }
        listener.stopAccepting();
        listener.drain(Duration.ZERO);
        loops.close();
        if (tls != null) {
            tls.close();
        }
        assertTrue(loops.group().isTerminated(), "an event loop goes on");
    }
}
