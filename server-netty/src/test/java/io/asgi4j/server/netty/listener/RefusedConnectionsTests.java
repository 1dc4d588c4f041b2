package io.asgi4j.server.netty.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.server.netty.testing.CapturedLog;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That a flood of connections does not become a flood of lines. */
class RefusedConnectionsTests {
    private static final String FIRST = "WARN Refused a connection: 7 are open already";

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final RefusedConnections refused = new RefusedConnections(7);

    RefusedConnectionsTests() {
        channel.freezeTime();
    }

    private void refuse(int count) {
        for (int i = 0; i < count; i++) {
            refused.add(channel.eventLoop());
        }
    }

    private void passSecond() {
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void theFirstIsToldAtOnceAndTheOthersTogether() {
        try (var log = CapturedLog.of("asgi4j")) {
            refuse(1000);
            assertEquals(List.of(FIRST), log.all());
            passSecond();
            assertEquals(List.of(FIRST, "WARN Refused 999 more connections: 7 are open already"), log.all());
        }
    }

    @Test
    void whileItGoesOnThereIsALineASecond() {
        try (var log = CapturedLog.of("asgi4j")) {
            for (int i = 0; i < 5; i++) {
                refuse(100);
                passSecond();
            }
            assertEquals(6, log.all().size());
            assertEquals(
                    "WARN Refused 100 more connections: 7 are open already",
                    log.all().getLast());
        }
    }

    @Test
    void afterAQuietSecondItBeginsAnew() {
        try (var log = CapturedLog.of("asgi4j")) {
            refuse(1);
            passSecond();
            assertEquals(List.of(FIRST), log.all());
            refuse(1);
            assertEquals(List.of(FIRST, FIRST), log.all());
        }
    }
}
