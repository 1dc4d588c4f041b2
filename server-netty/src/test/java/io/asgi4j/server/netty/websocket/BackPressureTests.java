package io.asgi4j.server.netty.websocket;

import static io.asgi4j.server.netty.websocket.ClientFrames.close;
import static io.asgi4j.server.netty.websocket.ClientFrames.frame;
import static io.asgi4j.server.netty.websocket.ClientFrames.join;
import static io.asgi4j.server.netty.websocket.ClientFrames.text;
import static io.asgi4j.server.netty.websocket.ClientFrames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading no more than the listener takes, and telling senders when the peer takes no more. */
class BackPressureTests {
    @Test
    void inputIsAskedForOnceARound() {
        try (var socket = new TestSocket()) {
            assertEquals(1, socket.pipe.reads);
            socket.receive(text("a"), text("b"));
            assertEquals(2, socket.pipe.reads);
        }
    }

    @Test
    void aPauseTakesEffectBetweenTwoMessagesOfOneBuffer() {
        try (var socket = new TestSocket()) {
            socket.onMessage(socket.connection::pause);
            socket.receive(join(text("one"), text("two"), text("three")));
            assertEquals(List.of("text one"), socket.events);
            assertEquals(1, socket.pipe.reads);

            socket.connection.resume();
            assertEquals(List.of("text one", "text two"), socket.events);
            assertEquals(1, socket.pipe.reads);

            socket.connection.resume();
            assertEquals(List.of("text one", "text two", "text three"), socket.events);
            socket.connection.resume();
            assertEquals(2, socket.pipe.reads);
        }
    }

    @Test
    void inputThatComesDuringAPauseIsKeptInOrder() {
        try (var socket = new TestSocket()) {
            socket.connection.pause();
            socket.receive(text("one"), frame(Opcode.TEXT, utf8("tw")));
            socket.receive(frame(0x80, utf8("o")), text("three"));
            assertEquals(List.of(), socket.events);
            assertEquals(1, socket.pipe.reads);
            socket.connection.resume();
            assertEquals(List.of("text one", "text two", "text three"), socket.events);
        }
    }

    @Test
    void messagesThatArrivedBeforeTheEndAreToldFirst() {
        try (var socket = new TestSocket()) {
            socket.onMessage(socket.connection::pause);
            socket.receive(join(text("one"), text("two"), close(1000, "bye")));
            socket.connection.inputClosed();
            assertEquals(List.of("text one"), socket.events);
            socket.connection.resume();
            socket.connection.resume();
            assertEquals(List.of("text one", "text two", "closed 1000 bye"), socket.events);
        }
    }

    @Test
    void messagesThatArrivedBeforeALossAreToldFirst() {
        try (var socket = new TestSocket()) {
            socket.connection.pause();
            socket.receive(text("one"));
            socket.connection.inputClosed();
            assertEquals(List.of(), socket.events);
            socket.connection.resume();
            assertEquals(List.of("text one", "closed 1006 "), socket.events);
        }
    }

    @Test
    void closingWhilePausedStillFindsTheClientsCloseFrame() {
        try (var socket = new TestSocket()) {
            socket.connection.pause();
            socket.receive(text("unread"), close(1000, ""));
            socket.connection.close(1001, "");
            assertEquals(List.of("closed 1001 "), socket.events);
            assertTrue(socket.pipe.closed);
        }
    }

    @Test
    void closingWhilePausedReadsOn() {
        try (var socket = new TestSocket()) {
            socket.connection.pause();
            socket.receive(text("unread"));
            assertEquals(1, socket.pipe.reads);
            socket.connection.close(1001, "");
            assertEquals(2, socket.pipe.reads);
            socket.receive(text("on its way"));
            socket.receive(close(1001, ""));
            assertTrue(socket.pipe.closed);
            assertEquals(List.of("closed 1001 "), socket.events);
        }
    }

    @Test
    void resumingInsideAMessageCallbackIsHarmless() {
        try (var socket = new TestSocket()) {
            socket.onMessage(() -> {
                socket.connection.pause();
                socket.connection.resume();
            });
            socket.receive(join(text("one"), text("two")));
            assertEquals(List.of("text one", "text two"), socket.events);
        }
    }

    @Test
    void sendersLearnWhenThePeerTakesNoMoreAndWhenItDoesAgain() {
        try (var socket = new TestSocket()) {
            assertTrue(socket.connection.isWritable());
            socket.pipe.writable = false;
            socket.connection.writabilityChanged();
            assertFalse(socket.connection.isWritable());
            assertEquals(List.of(), socket.events);
            socket.pipe.writable = true;
            socket.connection.writabilityChanged();
            assertEquals(List.of("writable"), socket.events);
        }
    }

    @Test
    void answersFromAMessageCallbackAreFlushedOncePerRound() {
        try (var socket = new TestSocket()) {
            socket.onMessage(() -> socket.connection.sendText("answer"));
            socket.receive(join(text("one"), text("two"), text("three")));
            assertEquals(List.of("text answer", "text answer", "text answer"), socket.sent());
            assertEquals(1, socket.pipe.flushes);
        }
    }
}
