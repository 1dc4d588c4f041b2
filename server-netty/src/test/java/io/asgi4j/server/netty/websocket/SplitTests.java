package io.asgi4j.server.netty.websocket;

import static io.asgi4j.server.netty.websocket.ClientFrames.FIN;
import static io.asgi4j.server.netty.websocket.ClientFrames.RSV1;
import static io.asgi4j.server.netty.websocket.ClientFrames.binary;
import static io.asgi4j.server.netty.websocket.ClientFrames.close;
import static io.asgi4j.server.netty.websocket.ClientFrames.deflate;
import static io.asgi4j.server.netty.websocket.ClientFrames.frame;
import static io.asgi4j.server.netty.websocket.ClientFrames.hex;
import static io.asgi4j.server.netty.websocket.ClientFrames.join;
import static io.asgi4j.server.netty.websocket.ClientFrames.ping;
import static io.asgi4j.server.netty.websocket.ClientFrames.text;
import static io.asgi4j.server.netty.websocket.ClientFrames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the transport cuts the bytes makes no difference to anybody. */
class SplitTests {
    private static final int LONG = 300;

    /** Those that are cheap to split at every octet. */
    static Stream<byte[]> conversationsOfTheTable() {
        return Conversation.all().stream().map(Conversation::sent).filter(sent -> sent.length < LONG);
    }

    static Stream<byte[]> conversations() {
        var deflater = new Deflater(9, true);
        byte[] first = deflate(deflater, utf8("compress me, compress me, compress me"));
        byte[] second = deflate(deflater, utf8("compress me, compress me again"));
        deflater.end();
        return Stream.of(
                join(text("h\u00E9llo \u20AC"), ping("p"), binary(new byte[300]), close(4001, "r\u00E9ason")),
                join(
                        frame(Opcode.TEXT, utf8("a\u20AC")),
                        ping("x"),
                        frame(0, new byte[0]),
                        frame(FIN, utf8("b")),
                        close()),
                join(
                        frame(FIN | RSV1 | Opcode.TEXT, first),
                        text(""),
                        frame(FIN | RSV1 | Opcode.TEXT, second),
                        close()),
                join(frame(RSV1 | Opcode.TEXT, Arrays.copyOf(first, 5)), ping(""), hex("c1 80 00000000")),
                join(text("x"), frame(Opcode.TEXT, hex("61 e2 28 a1")), text("never told")),
                join(text("x"), hex("82 fe 0005 00000000")),
                join(binary(new byte[126]), hex("82 ff 0000000100000000 00000000")),
                join(text("x"), close(1005, "")),
                join(text("x"), frame(FIN | Opcode.CLOSE, hex("03e8 c3")), text("y")),
                join(binary(new byte[66]), frame(FIN | RSV1 | Opcode.BINARY, hex("f2ffffffffff"))));
    }

    @ParameterizedTest
    @MethodSource({"conversations", "conversationsOfTheTable"})
    void everySplitGivesTheSameEvents(byte[] input) {
        var whole = outcome(socket -> socket.receive(input));
        for (int i = 0; i <= input.length; i++) {
            byte[] before = Arrays.copyOf(input, i);
            byte[] after = Arrays.copyOfRange(input, i, input.length);
            assertEquals(whole, outcome(socket -> socket.receive(before, after)), "split at " + i);
            assertEquals(
                    whole,
                    outcome(socket -> {
                        socket.receive(before);
                        socket.receive(after);
                    }),
                    "two rounds split at " + i);
            assertEquals(
                    whole,
                    outcome(socket -> {
                        socket.connection.pause();
                        socket.receive(before, after);
                        socket.connection.resume();
                    }),
                    "paused and split at " + i);
        }
        assertEquals(
                whole,
                outcome(socket -> {
                    for (byte octet : input) {
                        socket.receive(new byte[] {octet});
                    }
                }),
                "octet by octet");
    }

    /** What the listener and the client get, with the loss of the connection at the end. */
    private static List<List<String>> outcome(Consumer<TestSocket> conversation) {
        try (var socket = TestSocket.compressing()) {
            conversation.accept(socket);
            socket.connection.inputClosed();
            return List.of(List.copyOf(socket.events), socket.sent());
        }
    }
}
