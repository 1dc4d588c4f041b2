package io.asgi4j.tck.script;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest by which bytes are compared that are too many to be carried about. */
public final class Sha256 {
    private Sha256() {}

    /** {@return the SHA-256 of the bytes in lower-case hexadecimal digits} */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(start().digest(bytes));
    }

    /** {@return a digest to be fed piece by piece} */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
