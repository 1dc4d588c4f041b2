package io.asgi4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PerMessageDeflateTests {
    private static final int LIMIT = 1 << 20;

    private static Octets inflate(String... messages) throws Cut {
        try (var deflate = new PerMessageDeflate(false, false)) {
            var last = Octets.EMPTY;
            for (var message : messages) {
                last = deflate.inflate(Octets.hex(message), LIMIT);
            }
            return last;
        }
    }

    @Test
    void theExamplesOfTheSpecification() throws Cut {
        assertEquals("Hello", inflate("f248cdc9c90700").toLatin1());
        assertEquals("Hello", inflate("f248cdc9c90700", "f200110000").toLatin1());
        assertEquals("Hello", inflate("000500faff48656c6c6f00").toLatin1());
        assertEquals("Hello", inflate("f348cdc9c9070000").toLatin1());
        assertEquals("Hello", inflate("f248050000 00ffffcac9c90700").toLatin1());
        assertEquals("", inflate("00").toLatin1());
    }

    @Test
    void whatOneSideDeflatesTheOtherInflates() throws Cut {
        for (var forgets : List.of(false, true)) {
            try (var client = new PerMessageDeflate(forgets, forgets);
                    var server = new PerMessageDeflate(forgets, forgets)) {
                for (var size : List.of(0, 1, 0, 0, 5, 100_000, LIMIT, 3)) {
                    var message = Octets.filled('x', size);
                    assertEquals(message, server.inflate(client.deflate(message), LIMIT));
                }
            }
        }
    }

    @Test
    void aContextIsTakenOverUnlessAgreedOtherwise() {
        try (var keeping = new PerMessageDeflate(false, false);
                var forgetting = new PerMessageDeflate(true, true)) {
            var message = Octets.utf8("a sentence that is long enough to be worth a reference");
            var kept = keeping.deflate(message);
            assertTrue(keeping.deflate(message).size() < kept.size());
            assertEquals(forgetting.deflate(message), forgetting.deflate(message));
        }
    }

    @Test
    void nonsenseAndBombsAreNoticed() {
        assertEquals(
                Anomaly.Kind.MALFORMED_DEFLATE,
                assertThrows(Cut.class, () -> inflate("ffffff")).anomaly().kind());
        assertEquals(
                Anomaly.Kind.MALFORMED_DEFLATE,
                assertThrows(Cut.class, () -> inflate("f200110000")).anomaly().kind());
        try (var deflate = new PerMessageDeflate(false, false)) {
            var bomb = deflate.deflate(Octets.filled(0, LIMIT + 1));
            assertEquals(
                    Anomaly.Kind.TOO_LARGE,
                    assertThrows(Cut.class, () -> deflate.inflate(bomb, LIMIT))
                            .anomaly()
                            .kind());
        }
    }

    @Test
    void anAnswerTellsWhatWasAgreed() {
        assertTrue(agreedBy("X: y").isEmpty());
        assertTrue(agreedBy("Sec-WebSocket-Extensions: x-other").isEmpty());
        try (var deflate = agreedBy("Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover")
                .orElseThrow()) {
            assertEquals(deflate.deflate(Octets.utf8("twice")), deflate.deflate(Octets.utf8("twice")));
        }
    }

    private static Optional<PerMessageDeflate> agreedBy(String field) {
        var answer = Octets.lines("HTTP/1.1 101 Switching Protocols", field, "");
        var response = new ResponseReader(Pieces.inbox(Ending.OPEN, answer), Limits.DEFAULT, "GET").head();
        return PerMessageDeflate.agreedBy(response);
    }
}
