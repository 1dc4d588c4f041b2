package io.asgi4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameTests {
    private static Optional<Frame> read(Octets octets) {
        return new FrameReader(Pieces.inbox(Ending.ORDERLY, octets), 1 << 20).next(Deadline.now());
    }

    @Test
    void theExamplesOfTheSpecification() {
        assertEquals(
                "8185" + "37fa213d" + "7f9f4d5158", Frame.text("Hello").encode().toHex());
        assertEquals(
                "810548656c6c6f", Frame.text("Hello").withoutMask().encode().toHex());
        assertEquals(
                "010348656c",
                Frame.text("Hel").withoutMask().withoutFin().encode().toHex());
        assertEquals(
                "80026c6f",
                Frame.continuation(Octets.utf8("lo")).withoutMask().encode().toHex());
        assertEquals("8880" + "37fa213d", Frame.close().encode().toHex());
        assertEquals(
                "8802" + "03e8", Frame.close(1000, "").withoutMask().encode().toHex());
        assertTrue(Frame.binary(Octets.filled(0, 256)).withoutMask().encode().startsWith(Octets.hex("827e0100")));
        assertTrue(Frame.binary(Octets.filled(0, 65536))
                .withoutMask()
                .encode()
                .startsWith(Octets.hex("827f0000000000010000")));
    }

    @Test
    void everyHeaderBitIsReadAsItWasWritten() {
        for (var size : List.of(0, 1, 125, 126, 127, 65535, 65536)) {
            for (var opcode = 0; opcode < 16; opcode++) {
                for (var rsv = 0; rsv < 8; rsv++) {
                    var frame = Frame.of(opcode, Octets.filled('x', size)).withRsv(rsv);
                    var variant = (opcode + rsv) % 2 == 0 ? frame.withoutFin() : frame.withoutMask();
                    assertEquals(Optional.of(variant), read(variant.encode()));
                }
            }
        }
    }

    @Test
    void longerFormsOfALengthAreKept() {
        for (var form : Frame.LengthForm.values()) {
            var frame = Frame.text("Hello").withLengthForm(form);
            assertEquals(Optional.of(frame), read(frame.encode()));
        }
    }

    @Test
    void aFormThatIsTooShortIsRefused() {
        var frame = Frame.binary(Octets.filled('x', 126));
        assertThrows(IllegalArgumentException.class, () -> frame.withLengthForm(Frame.LengthForm.SEVEN_BITS));
    }

    @Test
    void aLengthCanBeALie() {
        var frame = Frame.text("Hello").withoutMask().announcing(1L << 40);
        assertEquals("817f" + "0000010000000000" + "48656c6c6f", frame.encode().toHex());
        var most = Frame.text("").withoutMask().announcing(-1);
        assertEquals("817fffffffffffffffff", most.encode().toHex());
    }

    @Test
    void aFrameThatIsTooLargeComesWithoutItsPayload() {
        for (var length : List.of((1L << 20) + 1, 1L << 40, Long.MIN_VALUE)) {
            var frame = read(Frame.text("Hello")
                            .withoutMask()
                            .announcing(length)
                            .encode())
                    .orElseThrow();
            assertEquals(length, frame.length());
            assertTrue(frame.payload().isEmpty());
        }
    }

    @Test
    void itMakesNoDifferenceHowTheBytesAreCut() {
        var first = Frame.text("Hello").withLengthForm(Frame.LengthForm.SIXTY_FOUR_BITS);
        var second = Frame.binary(Octets.filled(0, 300));
        var bytes = Octets.concat(first.encode(), second.encode());
        for (var offset = 0; offset <= bytes.size(); offset++) {
            var reader = new FrameReader(Pieces.cut(bytes, offset, Ending.ORDERLY), 1000);
            assertEquals(Optional.of(first), reader.next(Deadline.now()));
            assertEquals(Optional.of(second), reader.next(Deadline.now()));
            assertEquals(Optional.empty(), reader.next(Deadline.now()));
        }
    }

    @Test
    void anUnfinishedFrameStaysUnread() {
        var bytes = Frame.binary(Octets.filled(0, 300)).encode();
        for (var size = 0; size < bytes.size(); size++) {
            var inbox = Pieces.inbox(Ending.OPEN, bytes.first(size));
            assertEquals(Optional.empty(), new FrameReader(inbox, 1000).next(Deadline.now()));
            assertEquals(size, inbox.available());
        }
    }

    @Test
    void aMessageCanBeFragmented() {
        var frames = Frame.text("Hello").withRsv(Frame.RSV1).fragmented(2);
        assertEquals(
                List.of(Frame.TEXT, Frame.CONTINUATION, Frame.CONTINUATION),
                frames.stream().map(Frame::opcode).toList());
        assertEquals(
                List.of(false, false, true), frames.stream().map(Frame::fin).toList());
        assertEquals(List.of(4, 0, 0), frames.stream().map(Frame::rsv).toList());
        assertEquals(List.of(Frame.text("")), Frame.text("").fragmented(1));
    }

    @Test
    void framesDescribeThemselves() {
        assertEquals("text \"Hello\"", Frame.text("Hello").toString());
        assertEquals("close 1001 \"bye\"", Frame.close(1001, "bye").toString());
        assertEquals(
                "opcode 3 without fin with rsv 4 with its length in SIXTEEN_BITS",
                Frame.of(3, Octets.EMPTY)
                        .withoutFin()
                        .withRsv(4)
                        .withLengthForm(Frame.LengthForm.SIXTEEN_BITS)
                        .toString());
        assertEquals(
                "ping announcing 18446744073709551615 bytes",
                Frame.ping(Octets.EMPTY).announcing(-1).toString());
    }
}
