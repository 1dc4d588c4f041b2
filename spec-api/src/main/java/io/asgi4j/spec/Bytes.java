package io.asgi4j.spec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How events keep and show bytes. */
final class Bytes {
    private Bytes() {}

    /** Returns a read-only buffer of exactly the remaining bytes, which shares nothing but them with the given one. */
    static ByteBuffer readOnly(ByteBuffer bytes) {
        if (bytes.isReadOnly()) {
            return bytes.slice();
        }
        var readOnly = bytes.asReadOnlyBuffer();
        return readOnly.remaining() == readOnly.capacity() ? readOnly : readOnly.slice();
    }

    static String describe(ByteBuffer bytes) {
        return bytes.remaining() == 1 ? "1 byte" : bytes.remaining() + " bytes";
    }

    static String describeMessage(@Nullable ByteBuffer bytes, @Nullable String text) {
        return bytes != null ? "bytes=" + describe(bytes) : "text=" + Syntax.preview(String.valueOf(text));
    }
}
