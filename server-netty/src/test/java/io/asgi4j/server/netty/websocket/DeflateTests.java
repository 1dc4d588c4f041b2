package io.asgi4j.server.netty.websocket;

import static io.asgi4j.server.netty.websocket.ClientFrames.FIN;
import static io.asgi4j.server.netty.websocket.ClientFrames.RSV1;
import static io.asgi4j.server.netty.websocket.ClientFrames.binary;
import static io.asgi4j.server.netty.websocket.ClientFrames.deflate;
import static io.asgi4j.server.netty.websocket.ClientFrames.frame;
import static io.asgi4j.server.netty.websocket.ClientFrames.hex;
import static io.asgi4j.server.netty.websocket.ClientFrames.ping;
import static io.asgi4j.server.netty.websocket.ClientFrames.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed messages (RFC 7692 section 7.2). */
class DeflateTests {
    private static final int TEXT = FIN | RSV1 | Opcode.TEXT;
    private static final int BINARY = FIN | RSV1 | Opcode.BINARY;

    private final Deflater deflater = new Deflater(9, true);
    private final Inflater inflater = new Inflater(true);

    @AfterEach
    void release() {
        deflater.end();
        inflater.end();
    }

    private static TestSocket socket(boolean serverTakeover, boolean clientTakeover) {
        return new TestSocket(TestSocket.SMALL, new PerMessageDeflate(serverTakeover, clientTakeover, false));
    }

    private static byte[] octets(int size, int range) {
        var random = new Random(size);
        var octets = new byte[size];
        for (int i = 0; i < size; i++) {
            octets[i] = (byte) random.nextInt(range);
        }
        return octets;
    }

    /** The examples of RFC 7692 section 7.2.3, and an empty message. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c1 87 00000000 f248cdc9c90700",
                "41 83 00000000 f248cd 80 84 00000000 c9c90700",
                "c1 8b 00000000 00 0500 faff 48656c6c6f 00",
                "c1 88 00000000 f348cdc9c9070000",
                "c1 8d 00000000 f24805000000ffffcac9c90700"
            })
    void theExamplesOfTheRfcAreRead(String frames) {
        try (var socket = TestSocket.compressing()) {
            socket.receive(hex(frames), hex("c1 87 00000000 f248cdc9c90700"));
            assertEquals(List.of("text Hello", "text Hello"), socket.events);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1 81 00000000 00", "c1 80 00000000", "c1 82 00000000 0300", "c1 83 00000000 030000"})
    void anEmptyMessageIsRead(String frame) {
        try (var socket = TestSocket.compressing()) {
            socket.receive(hex(frame), hex("c1 87 00000000 f248cdc9c90700"));
            assertEquals(List.of("text ", "text Hello"), socket.events);
        }
    }

    @Test
    void aMessageThatRefersToAnEarlierOneIsRead() {
        try (var socket = TestSocket.compressing()) {
            socket.receive(hex("c1 87 00000000 f248cdc9c90700"), hex("c1 85 00000000 f200110000"));
            assertEquals(List.of("text Hello", "text Hello"), socket.events);
        }
    }

    @Test
    void aMessageThatRefersToAnEarlierOneFailsWithoutContextTakeover() {
        try (var socket = socket(true, false)) {
            socket.receive(hex("c1 87 00000000 f248cdc9c90700"));
            assertEquals(List.of("text Hello"), socket.events);
            socket.receive(hex("c1 85 00000000 f200110000"));
            socket.assertFailed(1007);
        }
    }

    @Test
    void uncompressedMessagesMayStandBetween() {
        try (var socket = TestSocket.compressing()) {
            socket.receive(
                    frame(TEXT, deflate(deflater, utf8("one two three"))),
                    ClientFrames.text("plain"),
                    frame(TEXT, deflate(deflater, utf8("one two three"))));
            assertEquals(List.of("text one two three", "text plain", "text one two three"), socket.events);
        }
    }

    @Test
    void aMessageMayBeCutIntoManyFragments() {
        byte[] message = octets(5_000, 16);
        byte[] compressed = deflate(deflater, message);
        try (var socket = TestSocket.compressing()) {
            socket.receive(frame(RSV1 | Opcode.BINARY, Arrays.copyOf(compressed, 1)));
            for (int i = 1; i < compressed.length; i++) {
                socket.receive(frame(0, new byte[] {compressed[i]}), ping("between"));
                socket.pipe.passTime(Duration.ofMillis(20));
            }
            socket.receive(frame(FIN, new byte[0]));
            assertEquals(List.of("binary " + HexFormat.of().formatHex(message)), socket.events);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 1000, 8192, 65535, 65536})
    void messagesOfManySizesAreRead(int size) {
        try (var socket = TestSocket.compressing()) {
            for (int range : new int[] {1, 16, 256}) {
                byte[] message = octets(size, range);
                socket.receive(frame(BINARY, deflate(deflater, message)));
                assertEquals("binary " + HexFormat.of().formatHex(message), socket.events.removeLast());
            }
        }
    }

    @Test
    void theLimitCountsInflatedOctets() {
        try (var socket = TestSocket.compressing()) {
            socket.receive(frame(BINARY, deflate(deflater, new byte[65_537])));
            socket.assertFailed(1009);
        }
    }

    @Test
    void aBombIsStoppedAtTheLimit() {
        byte[] bomb = deflate(deflater, new byte[64 * 1024 * 1024]);
        var buffer = new MessageBuffer(65_536);
        try (var inflater = new MessageInflater(true)) {
            assertThrows(WebSocketViolation.class, () -> inflater.inflate(new WholePayload(bomb), buffer));
            assertEquals(65_537, buffer.array().length, "nothing is inflated beyond the limit and one octet");
        }
        try (var socket = TestSocket.compressing()) {
            socket.receive(frame(BINARY, bomb));
            socket.assertFailed(1009);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "06", "f2ffffffffff", "000500ffff48", "f200110000", "4b04 0e ff"})
    void invalidDataFails(String compressed) {
        try (var socket = TestSocket.compressing()) {
            socket.receive(frame(TEXT, hex(compressed)));
            socket.assertFailed(1007);
        }
    }

    @Test
    void compressedTextIsValidatedWhileItArrives() {
        try (var socket = TestSocket.compressing()) {
            socket.receive(frame(RSV1 | Opcode.TEXT, deflate(deflater, hex("61 ff 61"))));
            socket.assertFailed(1007);
        }
        deflater.reset();
        try (var socket = TestSocket.compressing()) {
            socket.receive(frame(TEXT, deflate(deflater, hex("61 e2 82"))));
            socket.assertFailed(1007);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void longMessagesAreSentCompressed(boolean contextTakeover) {
        try (var socket = socket(contextTakeover, true)) {
            for (int size : new int[] {1024, 5_000, 70_000, 300_000, 1024}) {
                for (int range : new int[] {1, 16, 256}) {
                    byte[] message = octets(size, range);
                    socket.connection.sendBinary(ByteBuffer.wrap(message).asReadOnlyBuffer());
                    socket.connection.flush();
                    var frame = socket.sentFrames().get(0);
                    assertEquals(Opcode.BINARY, frame.opcode());
                    assertArrayEquals(message, frame.inflate(inflater));
                    if (!contextTakeover) {
                        inflater.reset();
                    }
                }
            }
        }
    }

    @Test
    void aTextSentTwiceRefersToTheFirst() {
        try (var socket = TestSocket.compressing()) {
            var text = HexFormat.of().formatHex(octets(1000, 256));
            socket.connection.sendText(text);
            socket.connection.sendText(text);
            socket.connection.flush();
            var frames = socket.sentFrames();
            assertEquals(text, new String(frames.get(0).inflate(inflater), StandardCharsets.UTF_8));
            assertEquals(text, new String(frames.get(1).inflate(inflater), StandardCharsets.UTF_8));
            assertTrue(frames.get(1).payload().length < frames.get(0).payload().length / 10);
        }
    }

    @Test
    void shortMessagesAreSentAsTheyAre() {
        try (var socket = TestSocket.compressing()) {
            socket.connection.sendText("x".repeat(MessageDeflater.SMALLEST_MESSAGE - 1));
            socket.connection.sendText("");
            socket.connection.flush();
            assertTrue(socket.sentFrames().stream().noneMatch(ServerFrame::compressed));
        }
    }

    @Test
    void nothingIsCompressedUnlessAgreed() {
        try (var socket = new TestSocket()) {
            socket.connection.sendText("x".repeat(10_000));
            socket.connection.flush();
            assertFalse(socket.sentFrames().get(0).compressed());
            socket.receive(binary(new byte[1]));
        }
    }

    /** A payload that has arrived whole. */
    private static final class WholePayload implements Payload {
        private final ByteBuffer octets;

        WholePayload(byte[] octets) {
            this.octets = ByteBuffer.wrap(octets);
        }

        @Override
        public int available() {
            return octets.remaining();
        }

        @Override
        public int atMost() {
            return octets.remaining();
        }

        @Override
        public void copyTo(byte[] target, int offset, int length) {
            octets.get(target, offset, length);
        }
    }
}
