package io.asgi4j.server.netty.websocket;

import static io.asgi4j.server.netty.websocket.ClientFrames.FIN;
import static io.asgi4j.server.netty.websocket.ClientFrames.frame;
import static io.asgi4j.server.netty.websocket.ClientFrames.header;
import static io.asgi4j.server.netty.websocket.ClientFrames.hex;
import static io.asgi4j.server.netty.websocket.ClientFrames.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is text (RFC 6455 section 8.1, RFC 3629). */
class TextTests {
    /** Each way to be wrong, as hexadecimal digits. */
    private static final String[] INVALID = {
        "80",
        "bf",
        "c080",
        "c1bf",
        "c2",
        "c241",
        "e0",
        "e09fbf",
        "e1",
        "e180",
        "e18041",
        "eda080",
        "edbfbf",
        "f0",
        "f08fbfbf",
        "f180",
        "f18080",
        "f1808041",
        "f4908080",
        "f5808080",
        "f8888080",
        "fe",
        "ff"
    };

    private static byte[] message(String hex) {
        return frame(FIN | Opcode.TEXT, hex(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "\u007F",
                "\u0080\u07FF",
                "\u0800\uD7FF\uE000",
                "\uFFFE\uFFFF\uFDD0",
                "\uFEFF with a byte order mark",
                "\uD800\uDC00\uDBFF\uDFFF",
                "ASCII longer than a word, then \u20AC and \uD83D\uDE00 and ASCII again"
            })
    void everyCharacterOfUnicodeIsText(String text) {
        try (var socket = new TestSocket()) {
            socket.receive(ClientFrames.text(text));
            assertEquals(List.of("text " + text), socket.events);
        }
    }

    @Test
    void everyKindOfInvalidTextFails() {
        for (String invalid : INVALID) {
            try (var socket = new TestSocket()) {
                socket.receive(message("6161616161616161" + invalid));
                socket.assertFailed(1007);
            }
        }
    }

    @Test
    void theSameOctetsAreFineAsBinary() {
        for (String invalid : INVALID) {
            try (var socket = new TestSocket()) {
                socket.receive(ClientFrames.binary(hex(invalid)));
                assertEquals(List.of("binary " + invalid), socket.events);
            }
        }
    }

    @Test
    void aCharacterMayBeSplitAcrossFragments() {
        byte[] text = "\u00E4\u20AC\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i <= text.length; i++) {
            try (var socket = new TestSocket()) {
                socket.receive(
                        frame(Opcode.TEXT, Arrays.copyOf(text, i)),
                        frame(FIN, Arrays.copyOfRange(text, i, text.length)));
                assertEquals(List.of("text \u00E4\u20AC\uD83D\uDE00"), socket.events);
            }
        }
    }

    @Test
    void anInvalidOctetFailsBeforeTheRestOfTheMessageComes() {
        try (var socket = new TestSocket()) {
            socket.receive(frame(Opcode.TEXT, hex("ceba ff")));
            socket.assertFailed(1007);
        }
        try (var socket = new TestSocket()) {
            socket.receive(join(header(FIN | Opcode.TEXT, 1000, 0), hex("f490")));
            socket.assertFailed(1007);
        }
    }

    @Test
    void textThatEndsInsideACharacterFailsOnlyAtItsEnd() {
        try (var socket = new TestSocket()) {
            socket.receive(frame(Opcode.TEXT, hex("e282")));
            assertEquals(List.of(), socket.sent());
            socket.receive(frame(FIN, new byte[0]));
            socket.assertFailed(1007);
        }
    }

    @Test
    void textWithAnUnpairedSurrogateCannotBeSent() {
        for (String text : List.of("", "abc", "\u20AC", "\uD83D\uDE00", "a\uD83D\uDE00\uD83D\uDE00b")) {
            assertTrue(Utf8Text.isEncodable(text), text);
        }
        for (String text :
                List.of("\uD83D", "\uDE00", "a\uD83Da", "\uD83D\uD83D\uDE00", "\uDE00\uD83D", "x\uD83D\uDE00\uDE00")) {
            assertFalse(Utf8Text.isEncodable(text), text);
        }
    }

    @Test
    void theValidatorAgreesWithTheJdkOnRandomOctets() {
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = likelyText(random);
            var validator = new Utf8Validator();
            int cut = random.nextInt(octets.length + 1);
            boolean valid = validator.accept(octets, 0, cut)
                    && validator.accept(octets, cut, octets.length)
                    && validator.isComplete();
            assertEquals(isText(octets), valid, () -> Arrays.toString(octets));
        }
    }

    /** Octets near the borders of the ranges, so that a good part is valid. */
    private static byte[] likelyText(Random random) {
        int[] borders = {0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5};
        var octets = new byte[random.nextInt(12)];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) borders[random.nextInt(borders.length)];
        }
        return octets;
    }

    private static boolean isText(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
