package io.asgi4j.tck.wire;

import java.util.HexFormat;

/** Bytes as words of a bash command line. */
final class Shell {
    private static final String PLAIN_SYMBOLS = "_./:=@+,-";

    private Shell() {}

    /** A word that stands for the bytes, which must not hold NUL. */
    static String quoted(Octets octets) {
        if (isPlain(octets)) {
            return octets.toLatin1();
        }
        var text = octets.toLatin1();
        return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F && c != '\'') ? "'" + text + "'" : escaped(octets);
    }

    static String quoted(String latin1) {
        return quoted(Octets.latin1(latin1));
    }

    /** A command that prints the bytes, whatever they are. */
    static String printing(Octets octets) {
        var format = new StringBuilder();
        for (var i = 0; i < octets.size(); i++) {
            var c = octets.at(i);
            format.append(isLetterOrDigit(c) || c == ' ' ? String.valueOf((char) c) : hex(c));
        }
        return "printf '" + format + "'";
    }

    /** A command that prints one byte so many times. */
    static String repeating(int octet, int count) {
        return "head -c " + count + " /dev/zero | tr '\\000' '\\" + "%03o".formatted(octet) + "'";
    }

    private static String escaped(Octets octets) {
        var word = new StringBuilder("$'");
        for (var i = 0; i < octets.size(); i++) {
            var c = octets.at(i);
            switch (c) {
                case '\r' -> word.append("\\r");
                case '\n' -> word.append("\\n");
                case '\t' -> word.append("\\t");
                case '\'', '\\' -> word.append('\\').append((char) c);
                default -> word.append(c >= 0x20 && c < 0x7F ? String.valueOf((char) c) : hex(c));
            }
        }
        return word.append('\'').toString();
    }

    private static boolean isPlain(Octets octets) {
        return !octets.isEmpty()
                && octets.toLatin1().chars().allMatch(c -> isLetterOrDigit(c) || PLAIN_SYMBOLS.indexOf(c) >= 0);
    }

    private static boolean isLetterOrDigit(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    /** Bash takes at most two digits, so what follows is never taken for a part of it. */
    private static String hex(int octet) {
        return "\\x" + HexFormat.of().toHexDigits((byte) octet);
    }
}
