package io.asgi4j.tck.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.spec.Application;
import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.ServerProvider;
import io.asgi4j.tck.ServerUnderTest;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.script.Script;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class InProcessLauncherTests {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void aServerThatThrowsAsItStopsHasReportedAFailure() throws Exception {
        var server = launch(LONG, () -> {
            throw new IllegalStateException("the database is gone");
        });

        var failure = assertThrows(LaunchException.class, server::stop);

        assertTrue(failure.isRefused());
        assertEquals(
                "the server did not stop: java.lang.IllegalStateException: the database is gone", failure.getMessage());
    }

    @Test
    void aServerThatDoesNotStopHasReportedNothing() throws Exception {
        var server = launch(Duration.ofMillis(200), () -> new CountDownLatch(1).await());

        var failure = assertThrows(LaunchException.class, server::stop);

        assertFalse(failure.isRefused());
        assertEquals("the server did not stop within 200 ms", failure.getMessage());
    }

    @Test
    void aServerIsStoppedOnce() throws Exception {
        var server = launch(LONG, new CountDownLatch(1)::countDown);

        server.stop();
        server.stop();
    }

    private interface Close {
        void close() throws Exception;
    }

    private static RunningServer launch(Duration limit, Close close) throws Exception {
        return new InProcessLauncher(new Provider(close), limit).launch(StartOptions.DEFAULT, Script.LIFESPAN);
    }

    private record Provider(Close close) implements ServerProvider {
        @Override
        public ServerUnderTest start(Application application, StartOptions options) {
            return new Server(close);
        }
    }

    private record Server(Close how) implements ServerUnderTest {
        @Override
        public URI baseUri() {
            return URI.create("http://127.0.0.1:1");
        }

        @Override
        public ServerInfo info() {
            return ServerInfo.of("fake", "");
        }

        @Override
        public Set<Feature> features() {
            return Set.of();
        }

        @Override
        public void close() throws Exception {
            how.close();
        }
    }
}
