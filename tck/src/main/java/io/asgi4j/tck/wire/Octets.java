package io.asgi4j.tck.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An immutable sequence of bytes. Slices share the bytes of the whole. */
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0], 0, 0);

    private static final int SHOWN_BY_TO_STRING = 200;

    private final byte[] bytes;
    private final int offset;
    private final int size;

    private Octets(byte[] bytes, int offset, int size) {
        this.bytes = bytes;
        this.offset = offset;
        this.size = size;
    }

    /** Views bytes that nobody changes any more. */
    static Octets view(byte[] bytes, int offset, int size) {
        return new Octets(bytes, offset, size);
    }

    /** Copies the bytes. */
    public static Octets of(byte[] bytes) {
        return new Octets(bytes.clone(), 0, bytes.length);
    }

    /** Copies what remains in the buffer, and leaves its position as it is. */
    public static Octets of(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return new Octets(bytes, 0, bytes.length);
    }

    /** One byte per character, which must not be above U+00FF. */
    public static Octets latin1(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                throw new IllegalArgumentException("not ISO-8859-1: " + text);
            }
        }
        var bytes = text.getBytes(ISO_8859_1);
        return new Octets(bytes, 0, bytes.length);
    }

    public static Octets utf8(String text) {
        var bytes = text.getBytes(UTF_8);
        return new Octets(bytes, 0, bytes.length);
    }

    /** Bytes from hexadecimal digits; white space between bytes is ignored. */
    public static Octets hex(String digits) {
        var bytes = HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
        return new Octets(bytes, 0, bytes.length);
    }

    /** ISO-8859-1 lines, each ended by CRLF. */
    public static Octets lines(String... lines) {
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(line).append("\r\n");
        }
        return latin1(text.toString());
    }

    /** The same byte again and again. */
    public static Octets filled(int value, int size) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return new Octets(bytes, 0, size);
    }

    public static Octets concat(Octets... parts) {
        var all = new OctetsBuilder();
        for (var part : parts) {
            all.append(part);
        }
        return all.toOctets();
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The byte at an index, as 0 to 255. */
    public int at(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index + " of " + size);
        }
        return bytes[offset + index] & 0xFF;
    }

    /** The bytes from one index (inclusive) to another (exclusive). */
    public Octets slice(int from, int to) {
        if (from < 0 || to < from || to > size) {
            throw new IndexOutOfBoundsException(from + " to " + to + " of " + size);
        }
        return new Octets(bytes, offset + from, to - from);
    }

    public Octets from(int index) {
        return slice(index, size);
    }

    /** The first bytes, or all if there are not so many. */
    public Octets first(int count) {
        return slice(0, Math.min(count, size));
    }

    /** The last bytes, or all if there are not so many. */
    public Octets last(int count) {
        return slice(size - Math.min(count, size), size);
    }

    public boolean startsWith(Octets prefix) {
        return prefix.size <= size && slice(0, prefix.size).equals(prefix);
    }

    /** The first index at or after {@code from} where {@code part} begins, or -1. */
    public int indexOf(Octets part, int from) {
        for (var i = from; i <= size - part.size; i++) {
            if (slice(i, i + part.size).equals(part)) {
                return i;
            }
        }
        return -1;
    }

    public boolean contains(Octets part) {
        return indexOf(part, 0) >= 0;
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, offset, offset + size);
    }

    /** A read-only view. */
    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(bytes, offset, size).slice().asReadOnlyBuffer();
    }

    /** The bytes as ISO-8859-1 text: one character per byte, nothing is lost. */
    public String toLatin1() {
        return new String(bytes, offset, size, ISO_8859_1);
    }

    /** The bytes as UTF-8 text, or nothing if they are not. */
    public Optional<String> toUtf8() {
        try {
            return Optional.of(UTF_8.newDecoder().decode(toByteBuffer()).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    public String toHex() {
        return HexFormat.of().formatHex(bytes, offset, offset + size);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Octets that
                && Arrays.equals(bytes, offset, offset + size, that.bytes, that.offset, that.offset + that.size);
    }

    @Override
    public int hashCode() {
        return toByteBuffer().hashCode();
    }

    /** A short readable form: escaped text, cut after a few lines. */
    @Override
    public String toString() {
        var shown = '"' + Printable.escaped(first(SHOWN_BY_TO_STRING)) + '"';
        return size <= SHOWN_BY_TO_STRING ? shown : shown + "… (" + size + " bytes)";
    }
}
