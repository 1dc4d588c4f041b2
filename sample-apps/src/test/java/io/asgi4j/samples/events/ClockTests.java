package io.asgi4j.samples.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.samples.RunningSample;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockTests {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration NEVER_AGAIN = Duration.ofHours(1);

    @Test
    void theTimeComesAgainAndAgain() throws Exception {
        try (var sample = new RunningSample(new Clock(OFTEN))) {
            var response = sample.send(sample.request("/").build(), BodyHandlers.ofLines());
            assertEquals(
                    "text/event-stream",
                    response.headers().firstValue("content-type").orElseThrow());

            try (var lines = response.body()) {
                var times = lines.filter(line -> line.startsWith("data: "))
                        .map(line -> Instant.parse(line.substring("data: ".length())))
                        .limit(3)
                        .toList();

                assertTrue(times.get(0).isBefore(times.get(2)));
            }
        }
    }

    @Test
    void atShutdownTheStreamSaysGoodbyeAndEndsWhole() throws Exception {
        try (var sample = new RunningSample(new Clock(NEVER_AGAIN))) {
            var response = sample.send(sample.request("/").build(), BodyHandlers.ofLines());
            var lines = response.body().iterator();
            assertTrue(lines.next().startsWith("data: "));
            assertEquals("", lines.next());

            var stop = Thread.ofVirtual().start(sample.server()::close);

            assertEquals("event: bye", lines.next());
            lines.forEachRemaining(line -> assertFalse(line.startsWith("event")));
            assertTrue(stop.join(Duration.ofSeconds(RunningSample.LIMIT_SECONDS)));
        }
    }

    @Test
    void aClientWhoGoesAwayEndsTheStream() throws Exception {
        try (var sample = new RunningSample(new Clock(NEVER_AGAIN))) {
            var connection = sample.connection("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals('H', connection.getInputStream().read());

            connection.close();

            assertTrue(sample.firstCallEnded());
        }
    }

    @Test
    void onlyGetIsAllowed() throws Exception {
        try (var sample = new RunningSample(new Clock(OFTEN))) {
            var post =
                    sample.request("/").POST(BodyPublishers.ofString("12:00")).build();

            assertEquals(405, sample.send(post, BodyHandlers.discarding()).statusCode());
        }
    }
}
