package io.asgi4j.tck.wire.http2;

import io.asgi4j.tck.wire.Field;
import io.asgi4j.tck.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes field sections by HPACK (RFC 7541) in its simplest form: every field is a literal that nobody has to remember, without Huffman
 * coding. So any name and value can be written, forbidden ones too, and stand readable in the bytes.
 */
public final class FieldSection {
    private FieldSection() {}

    /** A field whose name may begin with a colon. */
    public static Field field(String name, String value) {
        return new Field(Octets.latin1(name + ": " + value), name, value);
    }

    /** The bytes of a section. */
    public static Octets encode(List<Field> fields) {
        var bytes = new ByteArrayOutputStream();
        for (var field : fields) {
            bytes.write(0);
            text(bytes, field.name());
            text(bytes, field.value());
        }
        return Octets.of(bytes.toByteArray());
    }

    private static void text(ByteArrayOutputStream bytes, String text) {
        var octets = text.getBytes(StandardCharsets.ISO_8859_1);
        if (octets.length < 127) {
            bytes.write(octets.length);
        } else {
            bytes.write(127);
            var rest = octets.length - 127;
            while (rest >= 128) {
                bytes.write((rest & 127) | 128);
                rest >>= 7;
            }
            bytes.write(rest);
        }
        bytes.writeBytes(octets);
    }
}
