package io.asgi4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OctetsTests {
    @Test
    void slicesEqualCopies() {
        var slice = Octets.latin1("xhellox").slice(1, 6);
        assertEquals(Octets.utf8("hello"), slice);
        assertEquals(Octets.utf8("hello").hashCode(), slice.hashCode());
        assertNotEquals(Octets.utf8("hallo"), slice);
    }

    @Test
    void theGivenBytesAreCopied() {
        var bytes = new byte[] {1, 2};
        var octets = Octets.of(bytes);
        var buffered = Octets.of(ByteBuffer.wrap(bytes));
        bytes[0] = 9;
        assertEquals(Octets.hex("01 02"), octets);
        assertEquals(Octets.hex("0102"), buffered);
    }

    @Test
    void whatABuilderGaveDoesNotChange() {
        var builder = new OctetsBuilder();
        builder.append(Octets.latin1("a"));
        var early = builder.toOctets();
        builder.append(Octets.filled('b', 1000));
        assertEquals("a", early.toLatin1());
        assertEquals(1001, builder.toOctets().size());
    }

    @Test
    void linesEndInCrLf() {
        assertEquals("A\r\n\r\n", Octets.lines("A", "").toLatin1());
    }

    @Test
    void partsAreFound() {
        var octets = Octets.latin1("abcabc");
        assertEquals(3, octets.indexOf(Octets.latin1("abc"), 1));
        assertEquals(-1, octets.indexOf(Octets.latin1("abcd"), 0));
        assertTrue(octets.contains(Octets.latin1("ca")));
        assertTrue(octets.startsWith(Octets.latin1("ab")));
        assertFalse(octets.startsWith(Octets.latin1("abcabcabc")));
    }

    @Test
    void onlyUtf8IsUtf8Text() {
        assertEquals(Optional.of("é"), Octets.hex("c3a9").toUtf8());
        assertEquals(Optional.empty(), Octets.hex("e9").toUtf8());
        assertEquals(Optional.empty(), Octets.hex("eda080").toUtf8());
    }

    @Test
    void whatIsNotLatin1IsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Octets.latin1("€"));
    }

    @Test
    void theShortFormIsReadable() {
        assertEquals("\"a\\r\\n\\x00\\\\\"", Octets.latin1("a\r\n\u0000\\").toString());
        assertTrue(Octets.filled('x', 1000).toString().endsWith("x\"… (1000 bytes)"));
    }
}
