package io.asgi4j.server.netty.websocket;

import static io.asgi4j.server.netty.websocket.ClientFrames.FIN;
import static io.asgi4j.server.netty.websocket.ClientFrames.close;
import static io.asgi4j.server.netty.websocket.ClientFrames.frame;
import static io.asgi4j.server.netty.websocket.ClientFrames.header;
import static io.asgi4j.server.netty.websocket.ClientFrames.hex;
import static io.asgi4j.server.netty.websocket.ClientFrames.join;
import static io.asgi4j.server.netty.websocket.ClientFrames.ping;
import static io.asgi4j.server.netty.websocket.ClientFrames.text;
import static io.asgi4j.server.netty.websocket.ClientFrames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The closing handshake (RFC 6455 section 7) and every other end. */
class CloseTests {
    private static final Duration CLOSE_TIMEOUT = TestSocket.SMALL.closeTimeout();

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void aLegalCodeIsToldAndEchoed(int code) {
        try (var socket = new TestSocket()) {
            socket.receive(close(code, "bye \u20AC"));
            assertEquals(List.of("closed " + code + " bye \u20AC"), socket.events);
            assertEquals(List.of("close " + code + " "), socket.sent());
            assertTrue(socket.pipe.closed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    void anIllegalCodeFails(int code) {
        try (var socket = new TestSocket()) {
            socket.receive(close(code, ""));
            socket.assertFailed(1002);
        }
    }

    @Test
    void aCloseFrameWithoutACodeIs1005AndEchoedEmpty() {
        try (var socket = new TestSocket()) {
            socket.receive(close());
            assertEquals(List.of("closed 1005 "), socket.events);
            assertEquals(List.of("close"), socket.sent());
            assertTrue(socket.pipe.closed);
        }
    }

    @Test
    void halfACloseCodeFails() {
        try (var socket = new TestSocket()) {
            socket.receive(frame(FIN | Opcode.CLOSE, new byte[1]));
            socket.assertFailed(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"03e8 ff", "03e8 e282"})
    void aReasonThatIsNotUtf8Fails(String payload) {
        try (var socket = new TestSocket()) {
            socket.receive(frame(FIN | Opcode.CLOSE, hex(payload)));
            socket.assertFailed(1007);
        }
    }

    @Test
    void whatFollowsTheClientsCloseFrameIsIgnored() {
        try (var socket = new TestSocket()) {
            socket.receive(join(close(1000, ""), text("late"), ping("late"), close(1001, ""), hex("ffffffff")));
            socket.receive(text("later"));
            assertEquals(List.of("closed 1000 "), socket.events);
            assertEquals(List.of("close 1000 "), socket.sent());
        }
    }

    @Test
    void aCloseFrameInsideAFragmentedMessageCloses() {
        try (var socket = new TestSocket()) {
            socket.receive(frame(Opcode.TEXT, utf8("part")), close(1000, ""));
            assertEquals(List.of("closed 1000 "), socket.events);
            assertEquals(List.of("close 1000 "), socket.sent());
        }
    }

    @Test
    void closingIsToldAtOnceAndThePipeIsClosedWhenTheClientAnswers() {
        try (var socket = new TestSocket()) {
            socket.connection.close(4000, "done");
            assertEquals(List.of("closed 4000 done"), socket.events);
            assertEquals(List.of("close 4000 done"), socket.sent());
            assertFalse(socket.pipe.closed);

            socket.receive(close(4000, ""));
            assertTrue(socket.pipe.closed);
            assertEquals(List.of("closed 4000 done"), socket.events);
            assertEquals(List.of(), socket.sent());
        }
    }

    @Test
    void messagesAndPingsBeforeTheClientsAnswerAreDropped() {
        try (var socket = new TestSocket()) {
            socket.receive(frame(Opcode.TEXT, utf8("begun ")));
            socket.connection.close(1000, "");
            socket.receive(frame(FIN, utf8("before")), text("on its way"), ping("too"), hex("82 fe 0100 00000000"));
            socket.receive(new byte[256], close(1000, ""));
            assertEquals(List.of("closed 1000 "), socket.events);
            assertEquals(List.of("close 1000 "), socket.sent());
            assertTrue(socket.pipe.closed);
        }
    }

    @Test
    void aViolationWhileClosingEndsWithoutASecondCloseFrame() {
        try (var socket = new TestSocket()) {
            socket.connection.close(1000, "");
            socket.receive(hex("ff"));
            assertTrue(socket.pipe.closed);
            assertEquals(List.of("closed 1000 "), socket.events);
            assertEquals(List.of("close 1000 "), socket.sent());
        }
    }

    @Test
    void onlyTheFirstCloseCounts() {
        try (var socket = new TestSocket()) {
            socket.connection.close(1000, "first");
            socket.connection.close(1001, "second");
            assertEquals(List.of("close 1000 first"), socket.sent());
            socket.receive(close());
            socket.connection.close(1001, "third");
            assertEquals(List.of(), socket.sent());
            assertEquals(List.of("closed 1000 first"), socket.events);
        }
    }

    @Test
    void nothingIsSentAfterTheCloseFrame() {
        try (var socket = new TestSocket()) {
            socket.connection.close(1000, "");
            assertFalse(socket.connection.isWritable());
            assertFalse(socket.connection.sendText("late"));
            assertFalse(socket.connection.sendBinary(ByteBuffer.allocate(1)));
            assertEquals(List.of("close 1000 "), socket.sent());
        }
    }

    @Test
    void aClientThatDoesNotAnswerTheCloseFrameIsClosedAfterTheTimeout() {
        try (var socket = new TestSocket()) {
            socket.connection.close(1000, "");
            socket.pipe.passTime(CLOSE_TIMEOUT.minusMillis(1));
            assertFalse(socket.pipe.closed);
            socket.pipe.passTime(Duration.ofMillis(1));
            assertTrue(socket.pipe.closed);
            assertFalse(socket.pipe.aborted);
        }
    }

    @Test
    void aPipeThatDoesNotEndIsAbortedAfterTheTimeout() {
        try (var socket = new TestSocket()) {
            socket.receive(close());
            assertTrue(socket.pipe.closed);
            socket.pipe.passTime(CLOSE_TIMEOUT);
            assertTrue(socket.pipe.aborted);
        }
    }

    @Test
    void aPipeThatEndsIsNotAborted() {
        try (var socket = new TestSocket()) {
            socket.receive(close());
            socket.connection.inputClosed();
            socket.pipe.passTime(CLOSE_TIMEOUT.multipliedBy(2));
            assertFalse(socket.pipe.aborted);
            assertEquals(List.of("closed 1005 "), socket.events);
        }
    }

    @Test
    void aConnectionThatEndsWithoutACloseFrameIs1006() {
        try (var socket = new TestSocket()) {
            socket.receive(frame(Opcode.TEXT, utf8("part")));
            socket.connection.inputClosed();
            socket.connection.inputClosed();
            assertEquals(List.of("closed 1006 "), socket.events);
            assertEquals(List.of(), socket.sent());
            assertTrue(socket.pipe.closed);
        }
    }

    @Test
    void aConnectionThatEndsWhileClosingIsNotToldAgain() {
        try (var socket = new TestSocket()) {
            socket.connection.close(1001, "");
            socket.connection.inputClosed();
            assertEquals(List.of("closed 1001 "), socket.events);
            assertTrue(socket.pipe.closed);
        }
    }

    @Test
    void closingInsideAMessageCallbackStopsTheMessagesBehindIt() {
        try (var socket = new TestSocket()) {
            socket.onMessage(() -> socket.connection.close(1000, ""));
            socket.receive(join(text("one"), text("two"), close(1000, "")));
            assertEquals(List.of("text one", "closed 1000 "), socket.events);
            assertEquals(List.of("close 1000 "), socket.sent());
            assertTrue(socket.pipe.closed);
        }
    }

    @Test
    void abortingTellsTheLossAndWritesNothing() {
        try (var socket = new TestSocket()) {
            socket.onMessage(socket.connection::abort);
            socket.receive(join(text("one"), text("two")));
            assertEquals(List.of("text one", "closed 1006 "), socket.events);
            assertEquals(List.of(), socket.sent());
            assertTrue(socket.pipe.aborted);
        }
    }

    @Test
    void aListenerThatThrowsClosesWith1011() {
        try (var socket = new TestSocket()) {
            socket.onMessage(() -> {
                throw new IllegalStateException("thrown on purpose");
            });
            var input = socket.pipe.alloc.buffer().writeBytes(join(text("one"), text("two")));
            assertThrows(IllegalStateException.class, () -> socket.connection.read(input));
            socket.assertFailed(1011);
        }
    }

    @Test
    void aListenerThatThrowsWhenToldTheEndIsNotToldAgain() {
        try (var socket = new TestSocket()) {
            socket.onClosed(() -> {
                throw new IllegalStateException("thrown on purpose");
            });
            assertThrows(IllegalStateException.class, () -> socket.receive(close(1000, "")));
            assertEquals(List.of("closed 1000 "), socket.events);
            assertEquals(List.of("close 1000 "), socket.sent());
        }
    }

    @Test
    void aCloseFrameThatIsCutShortIsALoss() {
        try (var socket = new TestSocket()) {
            socket.receive(header(FIN | Opcode.CLOSE, 2, 0));
            socket.connection.inputClosed();
            assertEquals(List.of("closed 1006 "), socket.events);
        }
    }
}
