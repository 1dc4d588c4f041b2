package io.asgi4j.spec;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What characters names and values may have, by table look-up; and how text is shown to people. */
final class Syntax {

    /** How many characters of a text are shown. */
    private static final int MAX_PREVIEW = 256;

    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");
    private static final boolean[] PATH = table("/-._~!$&'()*+,;=:@");

    private Syntax() {}

    /** Returns the table of the ASCII letters, the digits and the given characters. */
    private static boolean[] table(String punctuation) {
        var table = new boolean[128];
        for (char c = 0; c < table.length; c++) {
            table[c] = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || punctuation.indexOf(c) >= 0;
        }
        return table;
    }

    static boolean isToken(String text) {
        for (int i = 0, length = text.length(); i < length; i++) {
            var c = text.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isHeaderName(String text) {
        for (int i = 0, length = text.length(); i < length; i++) {
            var c = text.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c] || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isHeaderValue(String text) {
        var length = text.length();
        for (int i = 0; i < length; i++) {
            var c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return length == 0 || !(isBlank(text.charAt(0)) || isBlank(text.charAt(length - 1)));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isLatin1(String text) {
        for (int i = 0, length = text.length(); i < length; i++) {
            if (text.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a text is a header name, which is lower-case, where the case of ASCII letters does not count. */
    static boolean isName(String name, String text) {
        if (name.equals(text)) {
            return true;
        }
        if (name.length() != text.length()) {
            return false;
        }
        for (int i = 0, length = name.length(); i < length; i++) {
            var c = text.charAt(i);
            if (name.charAt(i) != (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)) {
                return false;
            }
        }
        return true;
    }

    /** Returns a path with everything percent-encoded that may not stand in a URI's path. */
    static String percentEncode(String path) {
        var encoded = new StringBuilder(path.length());
        for (var b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && PATH[b]) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** Returns a text that is safe to print: cut to a bounded length, and with control characters escaped. */
    static String preview(String text) {
        var length = Math.min(text.length(), MAX_PREVIEW);
        var preview = new StringBuilder(length + 32);
        for (int i = 0; i < length; i++) {
            var c = text.charAt(i);
            if (c == '\n') {
                preview.append("\\n");
            } else if (Character.isISOControl(c) || (Character.isHighSurrogate(c) && i == length - 1)) {
                preview.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                preview.append(c);
            }
        }
        if (length < text.length()) {
            preview.append("… (").append(text.length()).append(" characters)");
        }
        return preview.toString();
    }
}
