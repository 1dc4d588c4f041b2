package io.asgi4j.server.netty.websocket;

import static io.asgi4j.server.netty.websocket.ClientFrames.FIN;
import static io.asgi4j.server.netty.websocket.ClientFrames.RSV1;
import static io.asgi4j.server.netty.websocket.ClientFrames.binary;
import static io.asgi4j.server.netty.websocket.ClientFrames.frame;
import static io.asgi4j.server.netty.websocket.ClientFrames.header;
import static io.asgi4j.server.netty.websocket.ClientFrames.hex;
import static io.asgi4j.server.netty.websocket.ClientFrames.join;
import static io.asgi4j.server.netty.websocket.ClientFrames.ping;
import static io.asgi4j.server.netty.websocket.ClientFrames.text;
import static io.asgi4j.server.netty.websocket.ClientFrames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The framing of RFC 6455 section 5, as a client meets it. */
class FrameTests {
    private static final byte[] NOTHING = new byte[0];

    private static void assertFails(int code, byte[]... input) {
        try (var socket = new TestSocket()) {
            socket.receive(join(input));
            socket.assertFailed(code);
        }
    }

    private static void assertDelivers(String event, byte[]... input) {
        try (var socket = new TestSocket()) {
            socket.receive(join(input));
            assertEquals(List.of(event), socket.events);
        }
    }

    @Test
    void theExamplesOfTheRfcAreRead() {
        assertDelivers("text Hello", hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"));
        assertDelivers("text Hello", frame(Opcode.TEXT, utf8("Hel")), frame(FIN, utf8("lo")));
    }

    @Test
    void anUnmaskedFrameFails() {
        assertFails(1002, hex("81 05 48 65 6c 6c 6f"));
    }

    @ParameterizedTest
    @ValueSource(ints = {RSV1, 0x20, 0x10, 0x70})
    void aReservedBitFailsWithoutCompression(int bits) {
        assertFails(1002, frame(FIN | bits | Opcode.TEXT, utf8("x")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x10})
    void anUnusedReservedBitFailsWithCompressionToo(int bits) {
        try (var socket = TestSocket.compressing()) {
            socket.receive(frame(FIN | bits | Opcode.TEXT, utf8("x")));
            socket.assertFailed(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.CONTINUATION, Opcode.PING, Opcode.PONG, Opcode.CLOSE})
    void rsv1FailsWhereNoMessageBegins(int opcode) {
        try (var socket = TestSocket.compressing()) {
            socket.receive(frame(Opcode.TEXT, utf8("x")), frame(FIN | RSV1 | opcode, NOTHING));
            socket.assertFailed(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF})
    void anUnknownOpcodeFails(int opcode) {
        assertFails(1002, frame(FIN | opcode, NOTHING));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.PING, Opcode.PONG, Opcode.CLOSE})
    void aFragmentedControlFrameFails(int opcode) {
        assertFails(1002, frame(opcode, NOTHING));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.PING, Opcode.PONG, Opcode.CLOSE})
    void aControlFrameLongerThan125OctetsFails(int opcode) {
        assertFails(1002, frame(FIN | opcode, new byte[126]));
    }

    @Test
    void aControlFrameOf125OctetsIsAnswered() {
        try (var socket = new TestSocket()) {
            socket.receive(ping("p".repeat(125)));
            assertEquals(List.of("pong " + "p".repeat(125)), socket.sent());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "82 fe 0005 00000000",
                "82 fe 007d 00000000",
                "82 ff 00000000000001f4 00000000",
                "82 ff 000000000000ffff 00000000"
            })
    void aLengthThatIsNotInItsShortestFormFails(String header) {
        assertFails(1002, hex(header));
    }

    @Test
    void aLengthWithItsHighestBitSetFails() {
        assertFails(1002, hex("82 ff 8000000000000000"));
        assertFails(1002, hex("82 ff ffffffffffffffff"));
    }

    @Test
    void aLengthAboveTheLimitFailsBeforeAnyPayloadComes() {
        assertFails(1009, hex("82 ff 0000010000000000"));
        assertFails(1009, hex("82 ff 7fffffffffffffff"));
        assertFails(1009, hex("82 ff 0000000000010001"));
    }

    @Test
    void fragmentsAboveTheLimitFailAtTheHeaderThatExceedsIt() {
        assertFails(1009, frame(Opcode.BINARY, new byte[60_000]), header(0, 5_537, 0));
    }

    @Test
    void aMessageOfExactlyTheLimitIsDelivered() {
        assertDelivers("binary " + "00".repeat(65_536), binary(new byte[65_536]));
        assertDelivers(
                "binary " + "00".repeat(65_536),
                frame(Opcode.BINARY, new byte[60_000]),
                frame(FIN | Opcode.CONTINUATION, new byte[5_536]));
    }

    @Test
    void theLimitCountsEachMessageAnew() {
        try (var socket = new TestSocket()) {
            socket.receive(binary(new byte[40_000]), binary(new byte[40_000]));
            assertEquals(2, socket.events.size());
        }
    }

    @Test
    void aContinuationWithoutAMessageFails() {
        assertFails(1002, frame(FIN | Opcode.CONTINUATION, utf8("x")));
        assertFails(1002, frame(Opcode.CONTINUATION, utf8("x")));
    }

    @Test
    void aNewMessageInsideAFragmentedOneFails() {
        assertFails(1002, frame(Opcode.TEXT, utf8("x")), text("y"));
        assertFails(1002, frame(Opcode.TEXT, utf8("x")), binary(NOTHING));
    }

    @Test
    void fragmentsAreJoinedAroundControlFrames() {
        try (var socket = new TestSocket()) {
            socket.receive(
                    frame(Opcode.TEXT, utf8("a")), ping("1"), frame(0, utf8("b")), ping("2"), frame(FIN, utf8("c")));
            assertEquals(List.of("text abc"), socket.events);
            assertEquals(List.of("pong 1", "pong 2"), socket.sent());
        }
    }

    @Test
    void emptyMessagesAreMessages() {
        assertDelivers("text ", text(""));
        assertDelivers("binary ", binary(NOTHING));
        assertDelivers("text ", frame(Opcode.TEXT, NOTHING), frame(FIN, NOTHING));
    }

    @Test
    void aHundredThousandEmptyFragmentsKeepNothing() {
        try (var socket = new TestSocket()) {
            socket.receive(frame(Opcode.TEXT, utf8("a")));
            for (int i = 0; i < 100_000; i++) {
                socket.receive(frame(0, NOTHING));
            }
            assertEquals(0, socket.pipe.usedMemory());
            socket.receive(frame(FIN, utf8("b")));
            assertEquals(List.of("text ab"), socket.events);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, 0x8000_0000, 0x1234_5678})
    void anyMaskingKeyWorks(int key) {
        byte[] payload = new byte[1000];
        new Random(key).nextBytes(payload);
        for (int length = 0; length < 64; length++) {
            byte[] part = Arrays.copyOf(payload, length);
            assertDelivers("binary " + HexFormat.of().formatHex(part), frame(FIN | Opcode.BINARY, part, key));
        }
        assertDelivers("binary " + HexFormat.of().formatHex(payload), frame(FIN | Opcode.BINARY, payload, key));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 8192, 8193, 65535, 65536, 65537, 1024 * 1024})
    void everySizeIsEchoed(int size) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        try (var socket = new TestSocket(WebSocketConfig.DEFAULT, null)) {
            socket.onMessage(() -> socket.connection.sendBinary(ByteBuffer.wrap(payload)));
            socket.receive(binary(payload));
            assertEquals(List.of("binary " + HexFormat.of().formatHex(payload)), socket.sent());
            assertEquals(socket.sent(), List.of());
        }
    }

    @Test
    void aSmallMessageIsOneWrite() {
        try (var socket = new TestSocket()) {
            assertTrue(socket.connection.sendText("hello"));
            assertEquals(1, socket.pipe.writes);
            assertEquals(0, socket.pipe.flushes);
            socket.connection.flush();
            assertEquals(1, socket.pipe.flushes);
            assertEquals(List.of("text hello"), socket.sent());
        }
    }

    @Test
    void aBufferThatIsReadOnlyOrDirectOrASliceIsSentAsItIs() {
        try (var socket = new TestSocket()) {
            for (int size : new int[] {4, 20_000}) {
                var whole = ByteBuffer.allocateDirect(size + 2);
                for (var buffer : List.of(
                        whole.slice(1, size),
                        whole.asReadOnlyBuffer().slice(1, size),
                        ByteBuffer.wrap(new byte[size + 2], 1, size).slice(),
                        ByteBuffer.wrap(new byte[size]).asReadOnlyBuffer())) {
                    socket.connection.sendBinary(buffer);
                    socket.connection.flush();
                    assertEquals(size, buffer.remaining());
                    assertEquals(List.of("binary " + "00".repeat(size)), socket.sent());
                }
            }
        }
    }
}
