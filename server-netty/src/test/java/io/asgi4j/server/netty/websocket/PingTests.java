package io.asgi4j.server.netty.websocket;

import static io.asgi4j.server.netty.websocket.ClientFrames.FIN;
import static io.asgi4j.server.netty.websocket.ClientFrames.frame;
import static io.asgi4j.server.netty.websocket.ClientFrames.header;
import static io.asgi4j.server.netty.websocket.ClientFrames.join;
import static io.asgi4j.server.netty.websocket.ClientFrames.ping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pings answered and pings sent (RFC 6455 sections 5.5.2 and 5.5.3). */
class PingTests {
    private static final byte[] PONG = frame(FIN | Opcode.PONG, new byte[0]);
    private static final Duration INTERVAL = TestSocket.SMALL.pingInterval();
    private static final Duration TIMEOUT = TestSocket.SMALL.pingTimeout();

    private static final int LIMIT = TestSocket.SMALL.maxControlFrames();

    private static TestSocket socket(Duration interval, Duration timeout) {
        return new TestSocket(
                new WebSocketConfig(1024, interval, timeout, LIMIT, Duration.ofSeconds(10), false, 6), null);
    }

    @Test
    void aFewPingsAreAnsweredEachInOneFlush() {
        try (var socket = new TestSocket()) {
            socket.receive(join(ping("1"), ping(""), ping("3")));
            assertEquals(List.of("pong 1", "pong ", "pong 3"), socket.sent());
            assertEquals(1, socket.pipe.flushes);
        }
    }

    @Test
    void ofAFloodOfPingsOnlySomeAndTheLastAreAnswered() {
        try (var socket = new TestSocket()) {
            socket.receive(pings(LIMIT - 1));
            var sent = socket.sent();
            assertEquals(17, sent.size());
            assertEquals("pong " + (LIMIT - 2), sent.get(16));
            socket.receive(ping("again"));
            assertEquals(List.of("pong again"), socket.sent());
        }
    }

    @Test
    void aClientThatTakesNoPongsHasOneWaitingForIt() {
        try (var socket = new TestSocket()) {
            socket.pipe.writable = false;
            for (int i = 1; i < LIMIT; i++) {
                socket.receive(ping("flood"));
            }
            socket.receive(ping("last"));
            assertEquals(0, socket.pipe.writtenSize());

            socket.pipe.writable = true;
            socket.connection.writabilityChanged();
            assertEquals(List.of("pong last"), socket.sent());
            assertEquals(List.of("writable"), socket.events);
        }
    }

    private static byte[] pings(int count) {
        return join(IntStream.range(0, count)
                .mapToObj(number -> ping(String.valueOf(number)))
                .toArray(byte[][]::new));
    }

    @Test
    void moreThanTheLimitWithinASecondFailsWith1008() {
        try (var socket = new TestSocket()) {
            socket.pipe.writable = false;
            socket.receive(pings(LIMIT));
            assertEquals(List.of(), socket.events);
            socket.receive(ping("one more"));
            socket.assertFailed(1008);
        }
    }

    @Test
    void pongsThatNobodyAskedForCountToo() {
        try (var socket = new TestSocket()) {
            for (int i = 0; i <= LIMIT; i++) {
                socket.receive(PONG);
            }
            socket.assertFailed(1008);
        }
    }

    @Test
    void theLimitIsForEachSecond() {
        try (var socket = new TestSocket()) {
            for (int i = 0; i < 5; i++) {
                socket.receive(pings(LIMIT));
                socket.pipe.passTime(Duration.ofSeconds(1));
            }
            assertEquals(List.of(), socket.events);
        }
    }

    @Test
    void aCloseFrameBehindAsManyAsThereMayBeIsACloseFrame() {
        try (var socket = new TestSocket()) {
            socket.receive(pings(LIMIT), ClientFrames.close(1000, ""));
            assertEquals(List.of("closed 1000 "), socket.events);
        }
    }

    @Test
    void anUnaskedPongIsIgnored() {
        try (var socket = new TestSocket()) {
            socket.receive(frame(FIN | Opcode.PONG, new byte[125]));
            assertEquals(List.of(), socket.sent());
            assertEquals(List.of(), socket.events);
        }
    }

    @Test
    void aClientThatAnswersIsPingedAtEachInterval() {
        try (var socket = new TestSocket()) {
            for (int i = 0; i < 10; i++) {
                socket.pipe.passTime(INTERVAL.minusMillis(1));
                assertEquals(List.of(), socket.sent());
                socket.pipe.passTime(Duration.ofMillis(1));
                assertEquals(List.of("ping"), socket.sent());
                socket.receive(PONG);
            }
            assertEquals(List.of(), socket.events);
        }
    }

    @Test
    void aTimeoutLongerThanTheIntervalDelaysNoPing() {
        try (var socket = socket(Duration.ofSeconds(1), Duration.ofSeconds(5))) {
            for (int i = 0; i < 10; i++) {
                socket.pipe.passTime(Duration.ofSeconds(1));
                assertEquals(List.of("ping"), socket.sent());
                socket.receive(PONG);
            }
            assertEquals(List.of(), socket.events);
        }
    }

    @Test
    void theTimeoutBeginsWithTheFirstPingThatIsNotAnswered() {
        try (var socket = socket(Duration.ofSeconds(1), Duration.ofSeconds(5))) {
            socket.pipe.passTime(Duration.ofSeconds(3));
            socket.receive(PONG);
            socket.pipe.passTime(Duration.ofSeconds(6).minusMillis(1));
            assertEquals(8, socket.sent().size());
            socket.pipe.passTime(Duration.ofMillis(1));
            socket.assertFailed(1011);
        }
    }

    @Test
    void aSilentClientIsClosedWith1011() {
        try (var socket = new TestSocket()) {
            socket.pipe.passTime(INTERVAL.plus(TIMEOUT).minusMillis(1));
            assertEquals(List.of("ping"), socket.sent());
            socket.pipe.passTime(Duration.ofMillis(1));
            socket.assertFailed(1011);
        }
    }

    @Test
    void aClientInTheMiddleOfALongFrameIsNotSilent() {
        try (var socket = new TestSocket()) {
            socket.receive(header(FIN | Opcode.BINARY, 1000, 0));
            for (int i = 0; i < 20; i++) {
                socket.pipe.passTime(INTERVAL.dividedBy(2));
                socket.receive(new byte[1]);
            }
            assertEquals(List.of(), socket.events);
        }
    }

    @Test
    void aClientThatTakesALongMessageSlowlyIsNotSilent() {
        try (var socket = new TestSocket()) {
            for (int i = 0; i < 20; i++) {
                socket.pipe.writable = false;
                socket.connection.writabilityChanged();
                socket.pipe.passTime(INTERVAL.dividedBy(2));
                socket.pipe.writable = true;
                socket.connection.writabilityChanged();
            }
            assertFalse(socket.pipe.closed);
        }
    }

    @Test
    void aClientThatIsNotListenedToIsNotSilent() {
        try (var socket = new TestSocket()) {
            socket.connection.pause();
            socket.pipe.passTime(INTERVAL.multipliedBy(10));
            assertEquals(List.of(), socket.events);
            socket.connection.resume();
            socket.pipe.passTime(INTERVAL.plus(TIMEOUT));
            assertEquals(List.of("closed 1011 ping timeout"), socket.events);
        }
    }

    @Test
    void noPingIsSentToAClientThatTakesNothing() {
        try (var socket = new TestSocket()) {
            socket.pipe.writable = false;
            socket.pipe.passTime(INTERVAL);
            assertEquals(0, socket.pipe.writtenSize());
            socket.pipe.passTime(TIMEOUT);
            assertEquals(List.of("closed 1011 ping timeout"), socket.events);
            socket.pipe.passTime(TestSocket.SMALL.closeTimeout());
            assertTrue(socket.pipe.aborted);
        }
    }

    @Test
    void anIntervalOfZeroSendsNoPings() {
        try (var socket = socket(Duration.ZERO, Duration.ofSeconds(1))) {
            socket.pipe.passTime(Duration.ofHours(1));
            assertEquals(List.of(), socket.sent());
            assertEquals(List.of(), socket.events);
        }
    }

    @Test
    void noPingIsSentAfterTheEnd() {
        try (var socket = new TestSocket()) {
            socket.connection.close(1000, "");
            socket.pipe.passTime(Duration.ofHours(1));
            assertEquals(List.of("close 1000 "), socket.sent());
        }
    }
}
