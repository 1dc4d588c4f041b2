package io.asgi4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TranscriptTests {
    private final AtomicLong clock = new AtomicLong();
    private final Transcript transcript = new Transcript(clock::get);

    @Test
    void bytesAreShownWithTheirEscapes() {
        transcript.sent(1_500_000, "a", Octets.latin1("GET /\\ HTTP/1.1\r\nX: \u00e9\t\r\n"), 1);
        clock.set(12_345_000);
        transcript.received("a", Octets.hex("8105 48656c6c6f"));
        transcript.received("bb", Octets.hex("0001fe"));
        transcript.note("a", "closed by the server");
        assertEquals("""
                 1.50 ms  a > GET /\\\\ HTTP/1.1\\r\\n
                          a > X: \\xe9\\t\\r\\n
                12.35 ms  a < 81 05 48 65 6c 6c 6f                            |..Hello|
                12.35 ms  bb < 00 01 fe                                        |...|
                12.35 ms  a * closed by the server
            """, transcript.render());
    }

    @Test
    void longDataKeepsItsHeadAndTail() {
        transcript.sent(
                0, "a", Octets.concat(Octets.latin1("head"), Octets.filled('x', 10_000), Octets.latin1("tail")), 1);
        var data = (Transcript.Data) transcript.entries().getFirst();
        assertEquals(10_008, data.excerpt().size());
        assertTrue(data.excerpt().head().startsWith(Octets.latin1("head")));
        assertEquals("xtail", data.excerpt().tail().last(5).toLatin1());
        assertEquals(10_008 - Excerpt.HEAD - Excerpt.TAIL, data.excerpt().omitted());
        assertTrue(transcript.render().contains("… 5912 bytes left out …"), transcript.render());
    }

    @Test
    void longDataIsShownInAFewLines() {
        transcript.sent(0, "text", Octets.filled('x', 1_000_000), 1);
        transcript.sent(0, "zeros", Octets.filled(0, 1_000_000), 1);
        var noise = new byte[1_000_000];
        new Random(1).nextBytes(noise);
        transcript.sent(0, "noise", Octets.of(noise), 1);
        var shown = transcript.render();
        assertTrue(shown.lines().count() < 80, shown);
        assertTrue(shown.lines().allMatch(line -> line.length() < 800), shown);
        assertTrue(shown.contains("zeros > … the same 191 times more …"), shown);
        assertTrue(shown.contains("noise > … 209 lines left out …"), shown);
    }

    @Test
    void aFloodStaysOneEntry() {
        var whole = new OctetsBuilder();
        for (var i = 0; i < 5000; i++) {
            var piece = Octets.latin1("piece " + i + ";".repeat(i % 7 * 500));
            whole.append(piece);
            transcript.received("a", piece);
        }
        var last = (Transcript.Data) transcript.entries().getLast();
        assertTrue(transcript.entries().size() <= 20, () -> transcript.entries().size() + " entries");
        assertEquals(whole.toOctets().last(Excerpt.TAIL), last.excerpt().tail());
        assertEquals(
                whole.size(),
                transcript.entries().stream()
                        .mapToLong(entry -> ((Transcript.Data) entry).excerpt().size())
                        .sum());
    }

    @Test
    void ofManyEntriesTheFirstAndTheLastAreKept() {
        for (var i = 0; i < 1000; i++) {
            transcript.note("a", "note " + i);
        }
        var notes = transcript.entries().stream()
                .map(entry -> ((Transcript.Note) entry).text())
                .toList();
        assertEquals("note 0", notes.getFirst());
        assertEquals("note 999", notes.getLast());
        assertEquals(List.of("note 149", "700 entries left out", "note 850"), notes.subList(149, 152));
    }

    @Test
    void itIsDataToo() {
        transcript.sent(1_234_567, "a", Octets.latin1("hi\r\n"), 2);
        transcript.note("a", "reset by the client");
        assertEquals(
                List.of(
                        Map.of(
                                "ms",
                                1.23,
                                "connection",
                                "a",
                                "kind",
                                "sent",
                                "bytes",
                                4L,
                                "pieces",
                                2,
                                "lines",
                                List.of("hi\\r\\n")),
                        Map.of("ms", 0.0, "connection", "a", "kind", "note", "lines", List.of("reset by the client"))),
                transcript.toData());
    }
}
